"""A receipt read out by telephone, in full, to those who gave a telephone alone (CRPA, L112-3).

Only at a number that is certain and theirs alone; never where being called, or overheard, may be a danger.
"""

from datetime import datetime

from django.db.models import Exists
from django.utils.translation import gettext as _

from requests_app.people.models import AccessNeed, ContactPoint
from requests_app.tickets.competence import AWAITED, is_awaited
from requests_app.tickets.deadlines import silence_of
from requests_app.tickets.models import Ticket, ToDo
from requests_app.tickets.models.tickets import Mark
from requests_app.tickets.models.todos import ToDoQuerySet
from requests_app.tickets.selectors.person_proposals import shared_here
from requests_app.tickets.todos import ask, drop

PREFIX = "read-receipt:"
Need = AccessNeed.Kind
NEVER_CALLED = (Need.NO_CALL, Need.SHARED_CONTACT, Need.WRITE)


def spoken_key(ticket: Ticket) -> str:
    """Name the call by the day it states: another day is another call."""
    return f"{PREFIX}{ticket.reference}:{silence_of(ticket) or ''}"


def ask_to_read(*, ticket: Ticket, at: datetime) -> None:
    """Ask for the call that reads the receipt out, once for each day; one for another day is dropped."""
    key = spoken_key(ticket)
    drop_spoken(ticket=ticket, at=at, unless=key)
    was_read = ToDo.objects.filter(ticket=ticket, key=key).exclude(done_by=None)
    if not was_read.exists():
        words = _("Lisez l’accusé de réception à la personne elle-même. Les mots sont ci-dessous.")
        ask(ticket=ticket, kind=ToDo.Kind.CALL, text=words, key=key, at=at)


def drop_spoken(*, ticket: Ticket, at: datetime, unless: str = "") -> None:
    """Drop the calls that nobody needs any more: it ended, is in danger, or reads the same in writing."""
    _drop(ToDo.objects.to_do().filter(ticket=ticket, key__startswith=PREFIX).exclude(key=unless), at)


def drop_outdated(*, at: datetime) -> None:
    """Drop those of tickets closed or marked as a danger elsewhere in the product."""
    waiting = ToDo.objects.to_do().filter(kind=ToDo.Kind.CALL, key__startswith=PREFIX)
    awaited = Ticket.objects.filter(AWAITED, merged_into=None).exclude(marks__contains=[Mark.DANGER])
    _drop(waiting.exclude(ticket__in=awaited.values("pk")), at)


def _drop(tasks: ToDoQuerySet, at: datetime) -> None:
    for key in list(tasks.values_list("key", flat=True)):
        drop(key=key, at=at)


def may_be_read_out(ticket: Ticket) -> bool:
    """Tell whether an agent may call to read it; documents still missing have a call of their own."""
    if ticket.person_id is None or ticket.is_in_danger or ticket.missing_papers or ticket.decided_on:
        return False
    return is_awaited(ticket) and _has_sure_phone(ticket) and not _refuses_calls(ticket)


def _has_sure_phone(ticket: Ticket) -> bool:
    own = ContactPoint.objects.filter(person=ticket.person, kind=ContactPoint.Kind.PHONE)
    sure = own.filter(is_shared=False, needs_check=False).exclude(verified_at=None)
    alone = sure.exclude(Exists(shared_here(ticket.pk)))
    return any(point.allows(ContactPoint.Use.ANSWER) for point in alone)


def _refuses_calls(ticket: Ticket) -> bool:
    needs = AccessNeed.objects.filter(person=ticket.person)
    return needs.filter(kind__in=NEVER_CALLED).exists()
