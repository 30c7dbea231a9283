from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0017_mandates")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="language",
            field=models.CharField(blank=True, db_default="", default="", max_length=5),
        ),
    ]
