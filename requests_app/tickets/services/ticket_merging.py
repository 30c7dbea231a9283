"""Merge two tickets about one matter, and separate them within thirty days: no row moves (A06).

The merged ticket points to the survivor, which shows its thread; answers to either number come there.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.events.models import Kind
from requests_app.lib.direction import isolate
from requests_app.lib.registry import Handlers
from requests_app.people.models.merges import UNDONE_WITHIN
from requests_app.tickets.errors import AlreadyJoined, NotAllowed, Refused, TwoPersons
from requests_app.tickets.models import Event, Ticket, TicketLink, TicketMerge
from requests_app.tickets.models.event_data import EventData
from requests_app.tickets.selectors.masking import PROTECTED
from requests_app.tickets.services.facts import record_ticket
from requests_app.tickets.services.links import find_other
from requests_app.tickets.services.merge_values import carry, end, give_back, read
from requests_app.tickets.services.moves import require_handler
from requests_app.tickets.services.recounting import recount_files
from requests_app.tickets.todos import recount

Carried = dict[str, Any]  # what an app above carried over, as it stores it for the undo

# Called with the merged ticket and the survivor, in the transaction.
ON_MERGED: Handlers[Callable[[Ticket, Ticket], Carried]] = Handlers("room that carries rows over")
ON_UNMERGED: Handlers[Callable[[Ticket, Ticket, Carried], None]] = Handlers("room that gives rows back")


def direct(one: Ticket, other: Ticket) -> tuple[Ticket, Ticket]:
    """Return which is merged and which survives: the reserved one, the open one, else the older one."""

    def rank(ticket: Ticket) -> tuple[bool, bool, datetime, int]:
        return not ticket.is_sensitive, not ticket.is_open, ticket.received_at, ticket.pk

    survivor, merged = sorted((one, other), key=rank)
    return merged, survivor


@transaction.atomic
def merge_by_number(
    *, ticket: Ticket, number: str, is_two_persons: bool = False, reason: str = "", by: User, at: datetime
) -> TicketMerge:
    """Merge this ticket into the one of that reference."""
    require_handler(ticket, by)
    other = find_other(ticket=ticket, number=number, by=by)
    return merge_tickets(
        merged=ticket, survivor=other, is_two_persons=is_two_persons, reason=reason, by=by, at=at
    )


@transaction.atomic
def merge_linked(*, found: TicketLink, by: User, at: datetime) -> TicketMerge:
    """Merge two linked tickets; the page that asks has named both persons."""
    merged, survivor = direct(found.from_ticket, found.to_ticket)
    if not _can_handle(merged, by) and merged.is_sensitive == survivor.is_sensitive:
        merged, survivor = survivor, merged  # one sends away, never pulls in
    log = merge_tickets(merged=merged, survivor=survivor, is_two_persons=True, by=by, at=at)
    TicketLink.objects.filter(pk=found.pk).update(is_accepted=True, decided_by=by, decided_at=at)
    return log


@transaction.atomic
def merge_tickets(
    *,
    merged: Ticket,
    survivor: Ticket,
    is_two_persons: bool = False,
    reason: str = "",
    by: User,
    at: datetime,
) -> TicketMerge:
    """Merge ``merged`` into ``survivor``; agents send away tickets they handle, and pull nothing in.

    Raises NotAllowed, AlreadyJoined, TwoPersons, or Refused in words.
    """
    merged, survivor = _lock(merged, _end_of(survivor))
    require_handler(merged, by)
    _require_mergeable(merged, survivor)
    if not is_two_persons:
        _require_one_person(merged, survivor, by)
    before: dict[str, Any] = {
        "merged": end(merged, survivor, by, at),
        "survivor": carry(merged, survivor),
        "children": _point_children(merged, survivor),
    }
    for handler in ON_MERGED:
        before |= handler(merged, survivor)
    log = TicketMerge.objects.create(survivor=survivor, merged=merged, by=by, at=at, before=before)
    recount([merged.pk, survivor.pk])
    _tell(Event.Kind.MERGED, log, by, at, reason=reason.strip())
    record_ticket(merged, Kind.TICKET_MERGED, into=survivor, at=at)
    return log


@transaction.atomic
def unmerge_last(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Undo the last merge of this ticket."""
    ours = TicketMerge.objects.filter(merged=ticket) | TicketMerge.objects.filter(survivor=ticket)
    found = ours.filter(undone_at=None).order_by("-at", "-pk").first()
    if found is None:
        raise Refused(_("Cette demande n’est réunie à aucune autre."))
    unmerge_tickets(log=found, by=by, at=at)


@transaction.atomic
def unmerge_tickets(*, log: TicketMerge, by: User, at: datetime) -> None:
    """Separate two tickets; what came since, or was changed since, stays where it is."""
    found = TicketMerge.objects.select_for_update().get(pk=log.pk)
    merged, survivor = _lock(found.merged, found.survivor)
    if not (_can_handle(merged, by) or _can_handle(survivor, by)):
        raise NotAllowed
    if found.undone_at:
        raise Refused(_("Ces demandes sont déjà séparées."))
    if found.at <= at - UNDONE_WITHIN:
        raise Refused(_("On sépare deux demandes pendant 30 jours : c’est trop tard pour celles-ci."))
    give_back(survivor, found.before["survivor"])
    own = {name: read(name, value) for name, value in found.before["merged"].items()}
    Ticket.objects.filter(pk=merged.pk).update(merged_into=None, version=F("version") + 1, **own)
    children = Ticket.objects.filter(pk__in=found.before["children"], merged_into=merged.merged_into_id)
    children.update(merged_into=merged)
    recount([merged.pk, survivor.pk])
    recount_files([merged.pk, survivor.pk])  # what came or went since belongs to one of them
    for handler in ON_UNMERGED:
        handler(merged, survivor, found.before)
    TicketMerge.objects.filter(pk=found.pk).update(undone_at=at, undone_by=by, before={})
    _tell(Event.Kind.UNMERGED, found, by, at)
    record_ticket(merged, Kind.TICKET_UNMERGED, into=survivor, at=at)


def forget_ticket_merges(*, at: datetime) -> int:
    """Erase what only served to undo, after thirty days; return how many."""
    over = TicketMerge.objects.filter(at__lte=at - UNDONE_WITHIN).exclude(before={})
    return over.update(before={})


def _lock(merged: Ticket, survivor: Ticket) -> tuple[Ticket, Ticket]:
    """Return both as they are now, locked in the order of their ids."""
    wanted = Ticket.objects.select_for_update(of=("self",)).filter(pk__in=[merged.pk, survivor.pk])
    rows = {row.pk: row for row in wanted.select_related("person").order_by("pk")}
    if len(rows) < 2:
        raise AlreadyJoined
    return rows[merged.pk], rows[survivor.pk]


def _end_of(ticket: Ticket) -> Ticket:
    """Return the survivor of a ticket that was merged itself."""
    return Ticket.objects.get(pk=ticket.merged_into_id) if ticket.merged_into_id else ticket


def _require_mergeable(merged: Ticket, survivor: Ticket) -> None:
    if merged.merged_into_id or survivor.merged_into_id:
        raise AlreadyJoined
    if merged.is_sensitive and not survivor.is_sensitive:
        raise Refused(
            _("Cette demande est réservée et l’autre non : réunissez-les depuis la page de l’autre.")
        )


def _require_one_person(merged: Ticket, survivor: Ticket, by: User) -> None:
    if merged.person_id and survivor.person_id and merged.person_id != survivor.person_id:
        names = {"one": isolate(_name(merged, by)), "other": isolate(_name(survivor, by))}
        raise TwoPersons(
            _("Ce sont deux personnes : %(one)s, %(other)s. Dites-le pour les réunir quand même.") % names
        )


def _name(ticket: Ticket, by: User) -> str:
    """Say whose ticket it is, if the agent may know: a number leads to reserved ones too (A02, A03)."""
    if not scope_of(by).can_read(ticket.maison_id, ticket.is_sensitive, ticket.shared_with):
        return str(PROTECTED)
    return (ticket.person.full_name if ticket.person else "") or ticket.sender or ticket.reference


def _point_children(merged: Ticket, survivor: Ticket) -> list[int]:
    """Redirect tickets merged earlier to the last survivor, without chains; return their ids."""
    children = Ticket.objects.filter(merged_into=merged)
    pks = list(children.values_list("pk", flat=True))
    children.update(merged_into=survivor)
    return pks


def _can_handle(ticket: Ticket, by: User) -> bool:
    return scope_of(by).can_handle(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)


def _tell(kind: str, log: TicketMerge, by: User, at: datetime, *, reason: str = "") -> None:
    data = EventData(from_=log.merged.reference, to=log.survivor.reference, reason=reason)
    Event.objects.record(log.merged_id, log.survivor_id, kind=kind, by=by, at=at, data=data)
