from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_merges"),
    ]

    operations = [
        migrations.AddField(
            model_name="accessneed",
            name="review_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
