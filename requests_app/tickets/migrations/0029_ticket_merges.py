import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0028_proposal_of_call_hours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_tickets",
                to="tickets.ticket",
            ),
        ),
        migrations.AddField(
            model_name="ticket",
            name="split_from",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="split_tickets",
                to="tickets.touchpoint",
            ),
        ),
        migrations.CreateModel(
            name="TicketMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("before", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merged_by",
                        to="tickets.ticket",
                    ),
                ),
                (
                    "survivor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merges",
                        to="tickets.ticket",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("merged",),
                        name="ticket_merge_once",
                        violation_error_message="Cette demande est déjà réunie à une autre.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("survivor", models.F("merged")), _negated=True),
                        name="ticket_merge_of_two",
                        violation_error_message="Une demande n’est pas réunie à elle-même.",
                    ),
                ],
            },
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("unsorted", "remise à trier"),
                    ("routed", "orientée"),
                    ("taken", "prise"),
                    ("assigned", "confiée"),
                    ("released", "rendue"),
                    ("topic_changed", "sujet changé"),
                    ("rerouted", "changée de lieu"),
                    ("priority_changed", "priorité changée"),
                    ("waiting", "mise en attente"),
                    ("resumed", "reprise"),
                    ("closed", "terminée"),
                    ("reopened", "rouverte"),
                    ("unsent", "envoi annulé"),
                    ("person_linked", "personne liée"),
                    ("person_merged", "fiches réunies"),
                    ("person_unmerged", "fiches séparées"),
                    ("task_done", "chose faite"),
                    ("task_undone", "chose remise à faire"),
                    ("danger", "danger entendu"),
                    ("danger_dismissed", "danger écarté"),
                    ("appointment", "rendez-vous"),
                    ("salvaged", "faite d’un message gardé à part"),
                    ("links_cut", "liens de suivi coupés"),
                    ("links_restored", "liens de suivi rétablis"),
                    ("merged", "réunie à une autre demande"),
                    ("unmerged", "séparée d’une autre demande"),
                    ("split", "faite d’un message d’une autre demande"),
                    ("unsplit", "remise avec l’autre demande"),
                ],
                max_length=20,
            ),
        ),
    ]
