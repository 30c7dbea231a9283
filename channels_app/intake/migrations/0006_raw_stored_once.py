"""Added without reading the rows that are there; a process of the version before finds NULL and tries again."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_arrival_is_slow")]

    operations = [
        migrations.AlterField("arrivalraw", "data", models.BinaryField(null=True)),
        migrations.AddField(
            "arrivalraw",
            "held_by",
            models.ForeignKey(
                "intake.arrivalraw",
                django.db.models.deletion.PROTECT,
                null=True,
                db_index=False,
                related_name="+",
            ),
        ),
        AddConstraintNotValid(
            "arrivalraw",
            models.CheckConstraint(
                name="raw_is_here_or_there",
                condition=Q(data=None, held_by__isnull=False) | Q(data__isnull=False, held_by=None),
                violation_error_message="Les octets d’une arrivée sont ici ou avec une autre.",
            ),
        ),
    ]
