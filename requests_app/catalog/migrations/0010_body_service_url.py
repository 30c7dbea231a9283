from django.core.validators import URLValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0009_topic_is_public")]

    operations = [
        migrations.AddField(
            model_name="competentbody",
            name="service_url",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="un formulaire de son portail, qui reçoit la demande à la place d’un e-mail",
                max_length=250,
                validators=[URLValidator(schemes=["https", "http"])],
                verbose_name="adresse de la démarche",
            ),
        ),
    ]
