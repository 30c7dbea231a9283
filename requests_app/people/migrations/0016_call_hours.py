from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0015_plain_names")]

    operations = [
        migrations.AlterField(
            model_name="accessneed",
            name="kind",
            field=models.CharField(
                choices=[
                    ("call", "Appeler plutôt qu’écrire"),
                    ("write", "Écrire plutôt qu’appeler"),
                    ("no_call", "Ne pas appeler : écrire par SMS"),
                    ("no_text", "Ne pas envoyer de SMS : appeler"),
                    ("no_voice_message", "Ne laisser aucun message : parler seulement à la personne"),
                    ("shared_contact", "Rester discret : quelqu’un d’autre peut lire ou répondre"),
                    ("call_hours", "Appeler seulement à ces heures"),
                    ("avoid", "À éviter"),
                    ("simple_words", "Écrire avec des mots simples"),
                    ("interpreter", "Prévoir un interprète"),
                    ("sign_language", "Prévoir un interprète en langue des signes"),
                    ("step_free", "Recevoir dans un lieu sans marche"),
                    ("large_print", "Écrire en gros caractères"),
                    ("companion", "Accueillir aussi la personne qui l’aide"),
                ],
                max_length=20,
            ),
        ),
    ]
