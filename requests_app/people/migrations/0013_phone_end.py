from django.db import migrations, models
from django.db.models.functions import Right


class Migration(migrations.Migration):
    """« 12 34 »: the last figures of a telephone, found by an index."""

    dependencies = [
        ("people", "0012_changes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="contactpoint",
            index=models.Index(
                Right("value", 4), condition=models.Q(("kind", "phone")), name="contact_point_phone_end"
            ),
        ),
    ]
