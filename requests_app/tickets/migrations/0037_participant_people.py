from django.db import migrations, models

ROLES = [
    ("copied", "En copie"),
    ("relative", "Proche"),
    ("helper", "Aidant"),
    ("social_worker", "Travailleur social"),
    ("professional", "Professionnel"),
    ("organisation", "Organisme"),
    ("colleague", "Collègue"),
    ("other", "Autre"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0017_mandates"),
        ("tickets", "0036_event_unrouted"),
    ]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.deletion.SET_NULL,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="address",
            field=models.CharField(blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name="participant",
            name="role",
            field=models.CharField(choices=ROLES, max_length=15),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(fields=["address"], name="participant_address"),
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
