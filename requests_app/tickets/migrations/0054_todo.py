"""Name the model ToDo: a task is Celery's. The table keeps its name, so the previous version goes on."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tickets", "0053_channels_of_registry")]

    operations = [
        migrations.AlterModelTable(name="task", table="tickets_task"),
        migrations.RenameModel(old_name="Task", new_name="ToDo"),
    ]
