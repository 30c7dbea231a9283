from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0040_tasks_counted_where_merged")]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="language",
            field=models.CharField(blank=True, db_default="", default="", max_length=5),
        ),
    ]
