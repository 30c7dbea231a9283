from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_address_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="shown_as",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=80, verbose_name="Nom montré aux usagers"
            ),
        ),
        migrations.AlterField(
            model_name="rightsevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("created", "Compte créé"),
                    ("changed", "Rôles changés"),
                    ("new_password", "Mot de passe provisoire donné"),
                    ("address", "Adresse e-mail changée"),
                    ("left", "Compte fermé"),
                    ("factor_on", "Code à la connexion activé"),
                    ("factor_off", "Code à la connexion retiré"),
                    ("backup_codes", "Nouveaux codes de secours"),
                    ("shown_as", "Nom montré aux usagers changé"),
                ],
                max_length=20,
            ),
        ),
    ]
