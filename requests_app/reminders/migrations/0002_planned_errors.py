from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reminders", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="planned",
            name="errors",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
