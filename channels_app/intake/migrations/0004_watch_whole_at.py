from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0003_watch_and_reasons"),
    ]

    operations = [
        migrations.AddField(
            model_name="watch",
            name="whole_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
