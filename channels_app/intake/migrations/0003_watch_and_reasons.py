from django.db import migrations, models

# « Who was put aside for this reason? »: words anywhere in it, accents aside, at the cost of the answer.
REASONS = """
CREATE INDEX arrival_discarded_reason ON intake_arrival
USING gin (f_unaccent(lower(reason)) gin_trgm_ops) WHERE state = 'discarded'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_arrival_received"),
        ("maisons", "0001_initial"),  # f_unaccent and pg_trgm
    ]

    operations = [
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checked_at", models.DateTimeField()),
                ("wrong_since", models.DateTimeField(blank=True, null=True)),
                ("gap", models.PositiveIntegerField(default=0)),
                ("oldest_pending_s", models.PositiveIntegerField(blank=True, null=True)),
            ],
        ),
        migrations.RunSQL(REASONS, "DROP INDEX arrival_discarded_reason"),
    ]
