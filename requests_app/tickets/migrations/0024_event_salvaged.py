from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0023_event_danger"),
    ]

    operations = [
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
                ],
                max_length=20,
            ),
        ),
    ]
