"""Readings that managers should look at (threats: A08): alerts are only ever added."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEEP = """
CREATE TRIGGER access_readingalert_only_grows BEFORE UPDATE OR DELETE ON access_readingalert
  FOR EACH ROW EXECUTE FUNCTION access_reading_refuse();
"""
LET_GO = "DROP TRIGGER access_readingalert_only_grows ON access_readingalert;"
ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
KINDS = [
    ("same_name", "Même nom de famille que l’agent"),
    ("same_address", "Même adresse e-mail que l’agent"),
    ("many", "Beaucoup de demandes hors de son travail"),
    ("sample", "Tirée au sort ce mois-ci"),
]


def agent() -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0007_sent_away"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="reading",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="reading_day"),
        ),
        migrations.CreateModel(
            name="ReadingAlert",
            fields=[
                ("id", ID),
                ("kind", models.CharField(choices=KINDS, max_length=12)),
                ("day", models.DateField(db_index=True)),
                ("read_at", models.DateTimeField()),
                ("subject_kind", models.CharField(blank=True, max_length=10)),
                ("subject_id", models.BigIntegerField(default=0)),
                ("reference", models.CharField(blank=True, max_length=20)),
                ("count", models.PositiveIntegerField(default=1)),
                ("user", agent()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "kind", "day", "subject_kind", "subject_id"), name="readingalert_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingNotice",
            fields=[
                ("id", ID.clone()),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="access.readingalert",
                    ),
                ),
                ("manager", agent()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at", None)),
                        fields=["manager"],
                        name="readingalert_to_look_at",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("alert", "manager"), name="readingalert_told_once")
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
