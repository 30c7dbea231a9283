from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appointments", "0002_to_come_index")]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="moved_from",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
