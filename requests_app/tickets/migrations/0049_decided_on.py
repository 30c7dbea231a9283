from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0048_document_request_reason"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="decided_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
