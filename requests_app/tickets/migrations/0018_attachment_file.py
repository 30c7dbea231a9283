from django.db import migrations, models


class Migration(migrations.Migration):
    """Which row holds this file? Asked for each name of the storage."""

    dependencies = [
        ("tickets", "0017_missing_papers"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(fields=["file"], name="attachment_file"),
        ),
    ]
