from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.access.maison_scope import MaisonScope


class FieldFeedbackQuerySet(models.QuerySet["FieldFeedback"]):
    def standing(self) -> Self:
        """Leave out what its author withdrew."""
        return self.filter(withdrawn_at=None)

    def at(self, places: MaisonScope) -> Self:
        return self.filter(places.placed_q())

    def with_names(self) -> Self:
        return self.select_related("maison", "topic", "owner", "author")


class FieldFeedback(models.Model):
    """What an agent lived at work, in two taps: for the Maison's weekly board, never about a person.

    ``page``, ``topic`` and ``channel`` say what was on screen; without ``maison`` it is the whole territory.
    ``author`` is hidden from everybody, the hierarchy first, unless ``is_signed``: read ``signed_by``.
    ``public_words`` are for the Maison's page, written by those who answer: no agent's sentence is published.
    """

    class Kind(models.TextChoices):
        IRRITANT = "irritant", _("Irritant")
        GOOD_PRACTICE = "good_practice", _("Bonne pratique")
        IDEA = "idea", _("Idée")
        INCIDENT = "incident", _("Incident")
        THANKS = "thanks", _("Merci")

    class State(models.TextChoices):
        NEW = "new", _("Nouveau")
        READ = "read", _("Lu")
        IN_PROGRESS = "in_progress", _("En cours")
        DONE = "done", _("Fait")
        NOT_NOW = "not_now", _("Pas maintenant")

    kind = models.CharField(max_length=13, choices=Kind.choices)
    sentence = models.CharField(max_length=300, blank=True)
    author = models.ForeignKey("accounts.User", models.CASCADE, related_name="field_feedback")
    is_signed = models.BooleanField(default=False)
    maison = models.ForeignKey(
        "maisons.Maison", models.PROTECT, null=True, blank=True, related_name="field_feedback"
    )
    topic = models.ForeignKey("catalog.Topic", models.SET_NULL, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=12, blank=True)
    page = models.CharField(max_length=60, blank=True)
    said_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=11, choices=State.choices, default=State.NEW)
    owner = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=300, blank=True)
    public_words = models.CharField(max_length=300, blank=True)
    is_public = models.BooleanField(default=False)

    objects = FieldFeedbackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="field_feedback_refusal_says_why",
                condition=~Q(state="not_now") | ~Q(answer=""),
                violation_error_message=_("Dites pourquoi : l’agent le lira."),
            ),
            models.CheckConstraint(
                name="field_feedback_public_once_done",
                condition=Q(is_public=False) | Q(state="done") & ~Q(answer="") & ~Q(public_words=""),
                violation_error_message=_("Publiez ce qui est fait, avec ses deux phrases."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["maison", "-said_at"],
                condition=Q(withdrawn_at=None),
                name="field_feedback_board",
            ),
            models.Index(
                fields=["maison", "-said_at"],
                condition=Q(is_public=True),
                name="field_feedback_public",
            ),
            models.Index(fields=["author", "-said_at"], name="field_feedback_mine"),
        ]

    def __str__(self) -> str:
        return f"field feedback {self.pk}"

    @property
    def signed_by(self) -> str:
        """Return the author's name where they chose to show it, else nothing."""
        return self.author.full_name if self.is_signed else ""


class FieldFeedbackChange(models.Model):
    """What became of a feedback, told to its author; ``seen_at`` is when they read it."""

    feedback = models.ForeignKey(FieldFeedback, models.CASCADE, related_name="changes")
    state = models.CharField(max_length=11, choices=FieldFeedback.State.choices)
    answer = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["feedback", "at"], name="field_feedback_changes")]

    def __str__(self) -> str:
        return f"change {self.pk}"
