import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0016_call_hours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mandate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("guardianship", "Tutelle"),
                            ("curatorship", "Curatelle"),
                            ("family", "Habilitation familiale"),
                            ("parent", "Parent d’un mineur"),
                            ("mandate", "Mandat ou procuration"),
                        ],
                        max_length=15,
                    ),
                ),
                ("holder", models.CharField(max_length=120)),
                ("address", models.CharField(blank=True, max_length=254)),
                (
                    "receives",
                    models.CharField(
                        choices=[
                            ("holder", "Seulement qui la représente"),
                            ("both", "Les deux"),
                            ("person", "Seulement la personne"),
                        ],
                        max_length=10,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mandates",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                        name="mandate_ends_after_it_starts",
                        violation_error_message="Une fin vient après le début.",
                    )
                ],
            },
        ),
        migrations.AlterField(
            model_name="personchange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("identity", "Nom ou naissance corrigés"),
                    ("point_added", "Contact ajouté"),
                    ("point_changed", "Contact corrigé"),
                    ("point_removed", "Contact retiré"),
                    ("point_restored", "Contact remis"),
                    ("mandate", "Qui la représente"),
                    ("needs", "Ce qu’il faut faire"),
                ],
                max_length=20,
            ),
        ),
    ]
