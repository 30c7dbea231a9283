from django.db import models


class SurveyCard(models.Model):
    """A code of six characters on a letter or a receipt, typed by anybody at ``/avis/`` (see ``ticket``).

    It opens the question alone, until ``expires_at``; ``way`` is the channel of the paper that carries it.
    """

    code = models.CharField(max_length=6, unique=True)
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="survey_cards")
    way = models.CharField(max_length=12)
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"survey card {self.pk}"
