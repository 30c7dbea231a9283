"""Calls promised to persons of some Maisons: those to make, and how many were kept."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from requests_app.access.scope import Scope
from requests_app.lib import phones
from requests_app.people.models import AccessNeed, ContactPoint
from requests_app.people.selectors import voice_choices
from requests_app.tickets.models import PersonProposal, ToDo
from requests_app.tickets.models.todos import ToDoQuerySet
from requests_app.tickets.selectors import masking
from requests_app.tickets.selectors.family import rows_read_by
from requests_app.tickets.selectors.rows import name_sender

MAX_ROWS = 100  # rows of the page; nobody makes more calls in a day
SINCE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Promise:
    """One call to make before ``due_at``. ``phone`` is E.164 or "", ``promised`` what the person was told.

    ``hours`` are those when the person can be called: « après 18 h ».
    """

    task_id: int
    reference: str
    name: str
    topic: str
    promised: str
    due_at: datetime
    is_late: bool
    phone: str
    hours: str = ""
    may_leave_message: bool = False
    no_message: bool = False
    is_reserved: bool = False

    @property
    def spoken(self) -> str:
        return phones.format_national(self.phone)


@dataclass(frozen=True, slots=True)
class PromiseCounts:
    """Promises due within the last thirty days: kept in time, or late (called after, or not yet)."""

    kept: int
    late: int


def promises_at(scope: Scope, *, maison_id: int | None, now: datetime) -> list[Promise]:
    """List the calls to make, soonest due first, of tickets the agent may read; four statements."""
    tasks = list(
        _readable(scope, maison_id)
        .to_do()
        .select_related("ticket__person", "ticket__topic")
        .annotate(is_silent=Exists(PersonProposal.objects.silent().filter(ticket=OuterRef("ticket"))))
        .order_by("due_at", "pk")[:MAX_ROWS]
    )
    persons = {task.ticket.person_id for task in tasks if task.ticket.person_id}
    points, hours = phones_of(persons), _hours_of(persons)
    voices = voice_choices([point.value for point in points.values()])
    found = [_promise(task, points.get(task.ticket.person_id or 0), voices, now) for task in tasks]
    return [
        promise if promise.is_reserved else replace(promise, hours=hours.get(task.ticket.person_id or 0, ""))
        for task, promise in zip(tasks, found, strict=True)
    ]


def _hours_of(person_ids: set[int]) -> dict[int, str]:
    """Return when each person can be called, where they said so."""
    said = AccessNeed.objects.filter(person__in=person_ids, kind=AccessNeed.Kind.CALL_HOURS)
    return dict(said.values_list("person", "detail"))


def to_call(scope: Scope, *, maison_id: int | None) -> int:
    """Count the calls promised; one statement."""
    return _readable(scope, maison_id).to_do().count()


def promised_task(scope: Scope, pk: int) -> ToDo | None:
    """Return a promise the agent may see, done or not."""
    return _readable(scope, None).select_related("ticket").filter(pk=pk).first()


def count_promises(scope: Scope, *, maison_id: int | None, now: datetime) -> PromiseCounts:
    """Count promises in one statement; one whose cause disappeared by itself does not count."""
    due = _readable(scope, maison_id).filter(due_at__gt=now - SINCE)
    done = Q(done_by__isnull=False)
    counts = due.aggregate(
        kept=Count("pk", filter=done & Q(done_at__lte=F("due_at"))),
        late=Count("pk", filter=(done & Q(done_at__gt=F("due_at"))) | Q(done_at=None, due_at__lt=now)),
    )
    return PromiseCounts(counts["kept"], counts["late"])


def _readable(scope: Scope, maison_id: int | None) -> ToDoQuerySet:
    return ToDo.objects.promised_calls().filter(rows_read_by(scope, maison_id=maison_id))


def phones_of(person_ids: set[int]) -> dict[int, ContactPoint]:
    """Return each person's first number, a certain one before a doubtful one."""
    found = ContactPoint.objects.filter(person__in=person_ids, kind=ContactPoint.Kind.PHONE)
    return {point.person_id: point for point in found.order_by("-needs_check", "-pk")}


def _promise(task: Any, point: ContactPoint | None, voices: dict[str, bool], now: datetime) -> Promise:
    """Build a row; ``task.is_silent``: no voice message for this ticket, whatever the record says (N04)."""
    ticket, number = task.ticket, point.value if point else ""
    voice = ContactPoint.Use.VOICE_MESSAGE
    assert task.due_at is not None
    if ticket.is_sensitive:
        return _reserved_row(task, task.due_at, now)
    topic = ticket.topic.label if ticket.topic else None
    return Promise(
        task_id=task.pk,
        reference=ticket.reference,
        name=str(name_sender(ticket.person.full_name if ticket.person else ticket.sender)),
        topic=str(masking.topic_words(topic, None, ticket.subject, is_sensitive=False)),
        promised=task.text,
        due_at=task.due_at,
        is_late=task.due_at < now,
        phone=number,
        may_leave_message=not task.is_silent
        and voices.get(number, bool(point and voice in point.usable_for)),
        no_message=task.is_silent or voices.get(number) is False,
    )


def _reserved_row(task: ToDo, due_at: datetime, now: datetime) -> Promise:
    """Build a row without name or number, which the ticket's page shows: lists leave no trace (I7, A03)."""
    return Promise(
        task_id=task.pk,
        reference=task.ticket.reference,
        name=str(masking.PROTECTED),
        topic=str(masking.RESERVED),
        promised="",
        due_at=due_at,
        is_late=due_at < now,
        phone="",
        is_reserved=True,
    )
