"""Merge the records of one person, and separate them again within thirty days.

The agent must handle every ticket of both, so that nothing is ever pulled in (threats: A06). Rows are
locked in the order tickets, then persons, each by id: as when a ticket is given to a person.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.events.models import Kind
from requests_app.events.services import Fact, record
from requests_app.outbox.models import Outgoing
from requests_app.people import merging
from requests_app.people.models import MergeLog, Person
from requests_app.people.models.merges import UNDONE_WITHIN
from requests_app.people.services import merging as moving
from requests_app.tickets.errors import AlreadyMerged, ChangedMeanwhile, NotAllYours, Refused
from requests_app.tickets.models import Event, Ticket
from requests_app.tickets.models.event_data import PersonChanged
from requests_app.tickets.services.follow_up import close_across
from requests_app.tickets.services.ticket_merging import forget_ticket_merges


@dataclass(frozen=True, slots=True)
class UnmergeResult:
    """``merged`` is a person again; ``stayed`` tickets were given to somebody else meanwhile."""

    merged: Person
    stayed: int


@transaction.atomic
def merge_persons(
    *, survivor: Person, merged: Person, choices: Mapping[str, str], seen: str, by: User, at: datetime
) -> MergeLog:
    """Merge two persons; ``choices`` says whose values are saved, ``seen`` is the state the page showed.

    Raises NotAllYours, AlreadyMerged, ChangedMeanwhile, or Refused in words.
    """
    if survivor.pk == merged.pk:
        raise Refused(_("Ces deux fiches n’en font qu’une."))
    tickets = _locked_tickets([survivor.pk, merged.pk])
    kept, given_up = _lock(survivor.pk, merged.pk)
    if kept.merged_into_id or given_up.merged_into_id:
        raise AlreadyMerged
    tickets = _locked_tickets([survivor.pk, merged.pk])  # tickets that came while we waited
    _require_all(tickets, by)
    if seen != merging.fingerprint(kept, given_up):
        raise ChangedMeanwhile(
            _("Un collègue a changé une de ces deux fiches. Relisez-les, puis recommencez.")
        )
    moved = _move(kept, given_up, _changes(kept, given_up, choices), tickets)
    Person.objects.filter(pk=given_up.pk).update(merged_into=kept)
    _tell(tickets, Event.Kind.PERSON_MERGED, given_up, kept, by, at)
    record([_fact(Kind.PERSON_MERGED, given_up, kept, tickets)], at=at)
    return MergeLog.objects.create(survivor=kept, merged=given_up, by=by, at=at, moved=moved)


@transaction.atomic
def unmerge_persons(*, log: MergeLog, by: User, at: datetime) -> UnmergeResult:
    """Separate two persons again; what came since, or was changed since, stays where it is."""
    found = MergeLog.objects.select_for_update().get(pk=log.pk)
    _require_undoable(found, at)
    moved = found.moved
    tickets = list(Ticket.objects.select_for_update().filter(pk__in=moved["tickets"]).order_by("pk"))
    kept, given_up = _lock(found.survivor_id, found.merged_id)
    if kept.merged_into_id:
        raise Refused(
            _("Cette fiche a été réunie avec une autre depuis. Annulez d’abord la dernière fusion.")
        )
    theirs = [ticket for ticket in tickets if ticket.person_id == kept.pk]
    _require_all(theirs, by)
    Person.objects.filter(pk=given_up.pk).update(merged_into=None)
    _give_tickets(theirs, given_up)
    moving.restore_values(kept, moved["values"])
    moving.move_points_back(moved, given_up, kept)
    moving.move_needs_back(moved, given_up, kept)
    moving.move_mandates_back(moved, given_up, kept)
    _point_messages_back(moved["messages"])
    close_across(kept, given_up, at)
    _tell(theirs, Event.Kind.PERSON_UNMERGED, given_up, kept, by, at)
    record([_fact(Kind.PERSON_UNMERGED, given_up, kept, theirs)], at=at)
    MergeLog.objects.filter(pk=found.pk).update(undone_at=at, undone_by=by, moved={})
    return UnmergeResult(given_up, stayed=len(moved["tickets"]) - len(theirs))


def forget_merges(*, at: datetime) -> int:
    """Erase what only served to undo, after thirty days; return how many."""
    over = MergeLog.objects.filter(at__lte=at - UNDONE_WITHIN).exclude(moved={})
    return over.update(moved={}) + forget_ticket_merges(at=at)


def _move(
    kept: Person, given_up: Person, changes: Mapping[str, Any], tickets: list[Ticket]
) -> dict[str, Any]:
    theirs = [ticket for ticket in tickets if ticket.person_id == given_up.pk]
    _give_tickets(theirs, kept)
    told = _messages_to(given_up)
    points = moving.move_points(given_up, kept)
    return {
        "tickets": [ticket.pk for ticket in theirs],
        "values": moving.give_values(kept, changes),
        "messages": _point_messages(points["same_points"], told),
        **points,
        **moving.move_needs(given_up, kept),
        **moving.move_mandates(given_up, kept),
    }


def _changes(kept: Person, given_up: Person, choices: Mapping[str, str]) -> dict[str, Any]:
    try:
        return merging.changes(kept, given_up, choices)
    except KeyError as error:
        raise Refused(_("Choisissez ce qu’il faut garder à chaque ligne.")) from error


def _locked_tickets(person_ids: list[int]) -> list[Ticket]:
    return list(Ticket.objects.select_for_update().filter(person__in=person_ids).order_by("pk"))


def _lock(*ids: int) -> list[Person]:
    """Lock and return the persons in the order asked for, locked in that of their ids."""
    rows = Person.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    found = {person.pk: person for person in rows}
    return [found[pk] for pk in ids]


def _require_all(tickets: list[Ticket], by: User) -> None:
    scope = scope_of(by)
    if not all(
        scope.can_handle(ticket.maison_id, ticket.is_sensitive, ticket.shared_with) for ticket in tickets
    ):
        raise NotAllYours


def _require_undoable(log: MergeLog, at: datetime) -> None:
    if log.undone_at:
        raise Refused(_("Cette fusion est déjà annulée."))
    if log.at <= at - UNDONE_WITHIN:
        raise Refused(_("Une fusion s’annule pendant 30 jours : c’est trop tard pour celle-ci."))


def _give_tickets(tickets: list[Ticket], to: Person) -> None:
    """Move tickets with their appointments and participants, which belong to them."""
    pks = [ticket.pk for ticket in tickets]
    Ticket.objects.filter(pk__in=pks).update(person=to, version=F("version") + 1)


def _messages_to(person: Person) -> dict[int, list[int]]:
    """Return the messages, sent or pending, to each of their contacts: one dropped lets go of its own."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = Outgoing.objects.filter(contact_point__person=person).order_by("pk")
    for pk, point_id in rows.values_list("pk", "contact_point"):
        found[point_id].append(pk)
    return found


def _point_messages(same_points: list[dict[str, Any]], told: Mapping[int, list[int]]) -> list[list[int]]:
    """Move messages from a contact dropped to the same one kept; return the ids of each and of the first."""
    turned = []
    for same in same_points:
        dropped = same["given_up"]["id"]
        moved = told.get(dropped, [])
        Outgoing.objects.filter(pk__in=moved).update(contact_point=same["after"]["id"])
        turned += [[pk, dropped] for pk in moved]
    return turned


def _point_messages_back(turned: list[list[int]]) -> None:
    for pk, point_id in turned:
        Outgoing.objects.filter(pk=pk).update(contact_point=point_id)


def _tell(tickets: list[Ticket], kind: str, given_up: Person, kept: Person, by: User, at: datetime) -> None:
    persons = (given_up.pk, kept.pk)  # whose names these are: a purge removes them
    data = PersonChanged(from_=given_up.full_name, to=kept.full_name, persons=persons)
    Event.objects.record(*[ticket.pk for ticket in tickets], kind=kind, by=by, at=at, data=data)


def _fact(kind: str, given_up: Person, kept: Person, tickets: list[Ticket]) -> Fact:
    """Build what the Maisons of their tickets are told; which tickets, each key reads for itself."""
    places = {pk for ticket in tickets for pk in (ticket.maison_id, *ticket.shared_with) if pk is not None}
    return Fact(kind=kind, person=given_up.pk, into_person=kept.pk, also=tuple(sorted(places)))
