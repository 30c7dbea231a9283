from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sms", "0002_pictures"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasures",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField(default=0)),
            ],
        ),
    ]
