from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appointments", "0003_french_names")]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="moved_from",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
