from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class TsTzRange(Func):
    """The time an appointment takes; the next one may begin at the minute it ends."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class State(models.TextChoices):
    BOOKED = "booked", _("Prévu")
    CONFIRMED = "confirmed", _("Confirmé")
    CAME = "came", _("Arrivée")
    ABSENT = "absent", _("Absente")
    EXCUSED = "excused", _("Absence excusée")
    CANCELLED_BY_PERSON = "cancelled_person", _("Annulé par la personne")
    CANCELLED_BY_SERVICE = "cancelled_service", _("Annulé par le service")


class Reply(models.TextChoices):
    """What the person wrote about the date; ``WROTE``: a text that only an agent can understand."""

    COMING = "coming", _("Dit qu’elle viendra")
    NOT_COMING = "not_coming", _("Dit qu’elle ne viendra pas")
    OTHER_DATE = "other_date", _("Demande une autre date")
    WROTE = "wrote", _("A écrit, à lire")


EXPECTED = (State.BOOKED, State.CONFIRMED)
CANCELLED = (State.CANCELLED_BY_PERSON, State.CANCELLED_BY_SERVICE)
EARLY = timedelta(hours=12)  # a person who comes on the day, long before the hour, has come
ACTIVE = (*EXPECTED, State.CAME)  # the agent and the room are taken


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def expected(self) -> Self:
        """Narrow to those whose person should still come."""
        return self.filter(state__in=EXPECTED)

    def between(self, start: datetime, end: datetime) -> Self:
        return self.filter(starts_at__gte=start, starts_at__lt=end)


class Appointment(models.Model):
    """A ticket's person and an agent, at a Maison and an hour.

    It always belongs to a ticket, which says who the person is and who may read it. ``dated_at`` is
    when the present date was given. ``round`` grows each time a date is given or restored: messages
    of an earlier round are no longer true. ``outside_reason`` says why it is outside the hours of the
    Maison. ``state_before`` lets the last step be undone, ``moved_from`` the last move
    (places.memory_of). ``reply`` is the last thing the person wrote about this date. ``booked_by`` is None
    when they booked it themselves.
    """

    State = State
    Reply = Reply

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="appointments")
    type = models.ForeignKey("appointments.AppointmentType", models.PROTECT, related_name="+")
    maison = models.ForeignKey("maisons.Maison", models.PROTECT, related_name="appointments")
    agent = models.ForeignKey("accounts.User", models.PROTECT, related_name="appointments")
    room = models.CharField(_("Bureau ou salle"), max_length=60, blank=True)
    interpreter = models.ForeignKey(
        "appointments.Interpreter",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # BusyTime says when each one is taken
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.BOOKED)
    state_before = models.CharField(max_length=20, choices=State.choices, blank=True)
    moved_from = models.JSONField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    outside_reason = models.CharField(max_length=300, blank=True)
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    dated_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    came_at = models.DateTimeField(null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    reply = models.CharField(max_length=12, choices=Reply.choices, blank=True, default="", db_default="")
    replied_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="appointment_agent_free",
                expressions=[
                    ("agent", RangeOperators.EQUAL),
                    (TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=ACTIVE),
                violation_error_message=_("Cet agent a déjà un rendez-vous à cette heure."),
            ),
            ExclusionConstraint(
                name="appointment_room_free",
                expressions=[
                    ("maison", RangeOperators.EQUAL),
                    (Lower("room"), RangeOperators.EQUAL),
                    (TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=ACTIVE) & ~Q(room=""),
                violation_error_message=_("Cette salle est déjà prise à cette heure."),
            ),
            models.CheckConstraint(
                name="appointment_ends_after_start",
                condition=Q(ends_at__gt=models.F("starts_at")),
                violation_error_message=_("Un rendez-vous finit après son début."),
            ),
            models.CheckConstraint(
                name="appointment_called_off_says_why",
                condition=~Q(state__in=[State.CANCELLED_BY_SERVICE, State.EXCUSED]) | ~Q(reason=""),
                violation_error_message=_("Un rendez-vous annulé par le service dit pourquoi."),
            ),
            models.CheckConstraint(
                name="appointment_came_has_instant",
                condition=Q(state=State.CAME, came_at__isnull=False) | ~Q(state=State.CAME) & Q(came_at=None),
                violation_error_message=_("Une arrivée porte son heure."),
            ),
        ]
        indexes = [
            models.Index(fields=["maison", "starts_at", "id"], name="appointment_day"),
            models.Index(fields=["ticket", "starts_at", "id"], name="appointment_of_ticket"),
            models.Index(fields=["starts_at", "id"], name="appointment_to_come"),
        ]

    def __str__(self) -> str:
        return f"appointment {self.pk}"

    @property
    def is_expected(self) -> bool:
        return self.state in EXPECTED

    @property
    def is_cancelled(self) -> bool:
        return self.state in CANCELLED

    @property
    def can_undo(self) -> bool:
        """Tell whether the last step can be undone."""
        return self.state_before != "" or self.moved_from is not None
