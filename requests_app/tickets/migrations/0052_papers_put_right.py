from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0050_event_of_persons"),
        ("tickets", "0051_given_list"),
    ]

    operations = [
        migrations.AddField(
            model_name="documentrequest",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, null=True),
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
                    ("unrouted", "revenue à son lieu"),
                    ("priority_changed", "priorité changée"),
                    ("waiting", "mise en attente"),
                    ("papers_asked", "papiers demandés"),
                    ("papers_day", "jour des papiers changé"),
                    ("papers_cancelled", "papiers plus demandés"),
                    ("papers_restored", "papiers de nouveau demandés"),
                    ("first_received", "reçue d’abord ailleurs"),
                    ("reasons_asked", "raisons demandées"),
                    ("reasons_unasked", "raisons plus demandées"),
                    ("service_answered", "réponse du service notée"),
                    ("service_unanswered", "réponse du service annulée"),
                    ("resumed", "reprise"),
                    ("closed", "terminée"),
                    ("reopened", "rouverte"),
                    ("unsent", "envoi annulé"),
                    ("person_linked", "personne liée"),
                    ("person_back", "choix de la personne annulé"),
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
