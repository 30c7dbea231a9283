"""Close the follow-up pages of a ticket: those opened to one address, or all of them (threats: N06).

Each message carries its own link, so that links sent to an address are known by the messages sent there.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.lib.registry import Handlers, Registry
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing, OutgoingQuerySet
from requests_app.people.models import ContactPoint, Person
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Event, Ticket
from requests_app.tickets.selectors.family import family_of
from requests_app.tickets.services.moves import move, require_handler


@dataclass(frozen=True, slots=True)
class Closure:
    """Which pages close, and when: those of these tickets, sent to ``addresses``; None for all of them."""

    ticket_ids: Collection[int]
    addresses: Collection[str] | None
    at: datetime


SubjectsOf = Callable[[Collection[int]], Iterable[int]]
SUBJECTS: Registry[str, SubjectsOf] = Registry("purpose of links")  # → the subjects that its links have
ON_CLOSED: Handlers[Callable[[Closure], None]] = Handlers("room that opens pages otherwise")  # by codes


def same_tickets(ticket_ids: Collection[int]) -> Iterable[int]:
    """Return them as they are: the subjects of links that lead to the ticket itself."""
    return ticket_ids


@transaction.atomic
def cut_links(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Revoke every link sent so far; the next message carries a new one."""
    require_handler(ticket, by)
    family = family_of(ticket)  # the links of those merged into it lead here too
    closed = Closure(family, None, at)
    _close(closed, _keys(closed))
    for purpose, subjects in SUBJECTS.items():
        links.revoke_all(purpose, subjects(family), at=at)
    move(ticket, kind=Event.Kind.LINKS_CUT, by=by, at=at)


@transaction.atomic
def restore_links(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Restore the links that the last cut revoked."""
    require_handler(ticket, by)
    events = Event.objects.filter(ticket=ticket, kind__in=[Event.Kind.LINKS_CUT, Event.Kind.LINKS_RESTORED])
    last = events.order_by("-at", "-pk").first()
    if last is None or last.kind != Event.Kind.LINKS_CUT:
        raise Refused(_("Aucun lien n’est coupé."))
    family = family_of(ticket)
    links.restore(_keys(Closure(family, None, at)), revoked_at=last.at)
    for purpose, subjects in SUBJECTS.items():
        links.restore_all(purpose, subjects(family), revoked_at=last.at)
    move(ticket, kind=Event.Kind.LINKS_RESTORED, by=by, at=at)


def close_sent_to(person_id: int, address: str, at: datetime) -> None:
    """Revoke the links sent to an address that is no longer theirs."""
    closed = Closure(_tickets_of(person_id), [address], at)
    _close(closed, _keys(closed))


def reopen_sent_to(person_id: int, address: str, removed_at: datetime) -> None:
    """Restore the links sent to an address that was removed by mistake."""
    links.restore(_keys(Closure(_tickets_of(person_id), [address], removed_at)), revoked_at=removed_at)


def close_to_removed(ticket_ids: Collection[int], address: str, at: datetime) -> None:
    """Revoke what was sent to a removed participant, unless the person reads that address too."""
    theirs = ContactPoint.objects.filter(person__tickets__in=ticket_ids, value=address)
    if address and not theirs.exists():
        closed = Closure(ticket_ids, [address], at)
        _close(closed, _keys(closed))


def reopen_to_removed(ticket_ids: Collection[int], address: str, removed_at: datetime) -> None:
    """Restore what was sent to a participant removed by mistake."""
    links.restore(_keys(Closure(ticket_ids, [address], removed_at)), revoked_at=removed_at)


def close_to_former(ticket: Ticket, at: datetime) -> None:
    """Revoke the links of a ticket's former person: only the new person's addresses open it."""
    theirs = ContactPoint.objects.filter(person=ticket.person_id or 0).values_list("value", flat=True)
    sent = set(_sent_about([ticket.pk]).values_list("recipient", flat=True))
    closed = Closure([ticket.pk], sent - set(theirs), at)
    _close(closed, _keys(closed))


def reopen_closed_at(ticket: Ticket, closed_at: datetime) -> None:
    """Restore the links revoked at that instant, when the choice of a person is undone."""
    links.restore(_keys(Closure([ticket.pk], None, closed_at)), revoked_at=closed_at)


def close_across(first: Person, second: Person, at: datetime) -> None:
    """Revoke, when two persons are separated, what was sent to the contacts of the other."""
    values = {who.pk: _values(who) for who in (first, second)}
    everything = set().union(*values.values())
    for person_id, own in values.items():
        closed = Closure(_tickets_of(person_id), everything - own, at)
        _close(closed, _keys(closed))


def _close(closed: Closure, keys: Collection[str]) -> None:
    links.revoke_sent(keys, at=closed.at)
    for handler in ON_CLOSED:
        handler(closed)


def _keys(closed: Closure) -> list[str]:
    sent = _sent_about(closed.ticket_ids)
    if closed.addresses is not None:
        sent = sent.filter(recipient__in=closed.addresses)
    return list(sent.values_list("key", flat=True))


def _sent_about(ticket_ids: Collection[int]) -> OutgoingQuerySet:
    return Outgoing.objects.filter(touchpoint__ticket__in=ticket_ids)


def _tickets_of(person_id: int) -> list[int]:
    return list(Ticket.objects.filter(person=person_id).values_list("pk", flat=True))


def _values(person: Person) -> set[str]:
    return set(ContactPoint.objects.filter(person=person).values_list("value", flat=True))
