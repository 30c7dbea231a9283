from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from requests_app.people.models.persons import Unaccent


class AnswerModelQuerySet(models.QuerySet["AnswerModel"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def for_ticket(self, *, topic_id: int | None, maison_id: int | None) -> Self:
        """Return those of the topic and of the Maison, and those for all."""
        return self.active().filter(Q(topic=None) | Q(topic=topic_id), Q(maison=None) | Q(maison=maison_id))


class AnswerModel(models.Model):
    """A text that agents begin an answer with; « {numero} » and its like are filled from the ticket."""

    name = models.CharField(_("Nom du modèle"), max_length=80)
    text = models.TextField(_("Texte"))
    topic = models.ForeignKey("catalog.Topic", models.PROTECT, null=True, blank=True, related_name="+")
    maison = models.ForeignKey("maisons.Maison", models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(default=True)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    # What a search reads, without accents nor capitals; kept by the database in the same statement.
    search_text = models.GeneratedField(
        expression=Unaccent(
            Lower(Concat("name", models.Value(" "), "text", output_field=models.TextField()))
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = AnswerModelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(is_active=True),
                name="answer_model_name_once",
                violation_error_message=_("Un modèle porte déjà ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name
