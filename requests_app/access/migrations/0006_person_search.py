"""Each search of persons is a row that is only ever added (threats: A05)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEEP = """
CREATE TRIGGER access_personsearch_only_grows BEFORE UPDATE OR DELETE ON access_personsearch
  FOR EACH ROW EXECUTE FUNCTION access_reading_refuse();
"""
LET_GO = "DROP TRIGGER access_personsearch_only_grows ON access_personsearch;"


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_glass_stays_as_written"),
        ("maisons", "0002_outline"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("name", "Nom"),
                            ("phone", "Téléphone"),
                            ("phone_end", "Fin d’un téléphone"),
                            ("email", "E-mail"),
                            ("birth", "Nom et date de naissance"),
                            ("number", "Numéro de demande"),
                        ],
                        max_length=10,
                    ),
                ),
                ("found", models.PositiveSmallIntegerField()),
                ("was_refused", models.BooleanField()),
                (
                    "maison",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="maisons.maison",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "at"], name="personsearch_user"),
                    models.Index(
                        condition=models.Q(("was_refused", True)), fields=["at"], name="personsearch_refused"
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
