from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appointments", "0008_busy_time")]

    operations = [
        migrations.AlterField(
            model_name="appointment",
            name="booked_by",
            field=models.ForeignKey(
                null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
