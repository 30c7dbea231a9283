import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0002_to_come_index"),
        ("portal", "0003_try_weight"),
    ]

    operations = [
        migrations.AddField(
            model_name="codeask",
            name="appointment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="appointments.appointment",
            ),
        ),
    ]
