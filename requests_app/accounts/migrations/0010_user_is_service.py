"""The accounts of programs, beside those of agents."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_legal_reviewer")]

    operations = [
        migrations.AddField("user", "is_service", models.BooleanField(db_default=False, default=False)),
    ]
