from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0047_reasons_asked"),
    ]

    operations = [
        migrations.AddField(
            model_name="documentrequest",
            name="reason",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
