"""Proposals, made for one ticket, of how to reach or receive its person: an agent decides (N04)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.models import User
from requests_app.people import errors as people
from requests_app.people.models import AccessNeed, ContactPoint, Person
from requests_app.people.services import Need, accept_need, accept_terms, undo_accept
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import PersonProposal, Ticket, Touchpoint
from requests_app.tickets.models.person_proposals import PersonProposalQuerySet
from requests_app.tickets.selectors.person_proposals import CONTENT
from requests_app.tickets.services.moves import require_handler_here

Kind, Use, NeedKind = PersonProposal.Kind, ContactPoint.Use, AccessNeed.Kind
# What is said of a contact is also something to do for the person.
ALSO = {Kind.SHARED: NeedKind.SHARED_CONTACT, Kind.NO_VOICE: NeedKind.NO_VOICE_MESSAGE}
TERMS: dict[str, dict[str, bool]] = {
    Kind.SHARED: {"is_shared": True},
    Kind.NO_VOICE: {"may_leave_message": False},
    Kind.VOICE: {"may_leave_message": True},
}
SAME = "same"  # in ``applied``: the other proposals with the same content, decided together


@dataclass(frozen=True, slots=True)
class ProposalContent:
    """One thing said: something to do, or how a contact may be used (kind and normalised value)."""

    kind: str
    need: str = ""
    detail: str = ""
    contact_kind: str = ""
    contact_value: str = ""


def propose(
    *, touchpoint: Touchpoint, said: Iterable[ProposalContent], at: datetime, author_id: int | None = None
) -> None:
    """Store what the person's record does not say yet, without changing that record."""
    ticket = touchpoint.ticket
    known = _Known(ticket.person_id)
    PersonProposal.objects.bulk_create(
        PersonProposal(
            ticket=ticket,
            touchpoint=touchpoint,
            kind=one.kind,
            need=one.need,
            detail=one.detail[:200],
            contact_kind=one.contact_kind,
            contact_value=one.contact_value,
            said_at=at,
            author_id=author_id,
        )
        for one in said
        if not known.says(one)
    )


class _Known:
    """What a person's record says now, in two statements."""

    def __init__(self, person_id: int | None) -> None:
        needs = AccessNeed.objects.filter(person=person_id or 0)
        points = ContactPoint.objects.filter(person=person_id or 0)
        self.needs: dict[str, str] = dict(needs.values_list("kind", "detail"))
        self.points = {(point.kind, point.value): point for point in points}

    def says(self, one: ProposalContent) -> bool:
        if one.kind == Kind.NEED:
            return one.need in self.needs and one.detail[:200] in self.needs[one.need]
        point = self.points.get((one.contact_kind, one.contact_value))
        if point is None or ALSO.get(Kind(one.kind), "") not in {"", *self.needs}:
            return False
        return self._holds(one.kind, point)

    @staticmethod
    def _holds(kind: str, point: ContactPoint) -> bool:
        if kind == Kind.SHARED:
            return point.is_shared
        has_voice = Use.VOICE_MESSAGE in point.usable_for
        return has_voice if kind == Kind.VOICE else bool(point.usable_for) and not has_voice


@transaction.atomic
def accept_proposal(*, proposal: PersonProposal, by: User, at: datetime) -> None:
    """Write it in the person's record, and settle the same proposal in their other tickets."""
    found = _pending(proposal, by)
    person = found.ticket.person
    if person is None:
        raise Refused(_("Choisissez d’abord qui est la personne."))
    try:
        applied = _apply(found, person, by, at)
    except people.Refused as refusal:
        raise Refused(str(refusal)) from refusal
    same = _same_as(found).filter(ticket__person=person)
    _decide(found, same, is_accepted=True, applied=applied, by=by, at=at)


@transaction.atomic
def refuse_proposal(*, proposal: PersonProposal, by: User, at: datetime) -> None:
    """Refuse it: it no longer holds for the ticket, nor for the others that this agent handles."""
    found = _pending(proposal, by)
    same = _same_as(found).filter(ticket__person=found.ticket.person_id or 0).select_related("ticket")
    scope = scope_of(by)
    handled = [row.pk for row in same if _can_handle(scope, row.ticket)]
    _decide(found, _same_as(found).filter(pk__in=handled), is_accepted=False, applied={}, by=by, at=at)


@transaction.atomic
def undecide_proposal(*, proposal: PersonProposal, by: User, at: datetime) -> None:
    """Undo a decision; what it changed in the record is undone too, unless changed since."""
    require_handler_here(proposal.ticket, by)
    found = PersonProposal.objects.select_for_update().get(pk=proposal.pk)
    if found.is_accepted is None:
        return
    person = proposal.ticket.person
    if found.is_accepted and person is not None:
        undo_accept(person=person, applied=found.applied, by=by, at=at)
    together = PersonProposal.objects.filter(pk__in=[found.pk, *found.applied.get(SAME, [])])
    together.update(is_accepted=None, decided_at=None, decided_by=None, applied={})


def _pending(proposal: PersonProposal, by: User) -> PersonProposal:
    require_handler_here(proposal.ticket, by)
    found = PersonProposal.objects.pending().select_for_update().filter(pk=proposal.pk).first()
    if found is None:
        raise Refused(_("Un collègue a déjà décidé."))
    found.ticket = proposal.ticket
    return found


def _apply(proposal: PersonProposal, person: Person, by: User, at: datetime) -> dict[str, Any]:
    applied: dict[str, Any] = {}
    if terms := TERMS.get(proposal.kind):
        where = {"kind": proposal.contact_kind, "value": proposal.contact_value}
        applied |= accept_terms(
            person=person,
            **where,
            is_shared=terms.get("is_shared", False),
            may_leave_message=terms.get("may_leave_message"),
            by=by,
            at=at,
        )
    if kind := proposal.need or ALSO.get(Kind(proposal.kind), ""):
        applied |= accept_need(person=person, need=Need(kind, proposal.detail), by=by, at=at)
    return applied


def _same_as(proposal: PersonProposal) -> PersonProposalQuerySet:
    said = {name: getattr(proposal, name) for name in CONTENT}
    return PersonProposal.objects.pending().filter(**said).exclude(pk=proposal.pk)


def _can_handle(scope: Scope, ticket: Ticket) -> bool:
    return scope.can_handle(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)


def _decide(
    proposal: PersonProposal,
    same: PersonProposalQuerySet,
    *,
    is_accepted: bool,
    applied: dict[str, Any],
    by: User,
    at: datetime,
) -> None:
    together = list(same.values_list("pk", flat=True))
    decided = {"is_accepted": is_accepted, "decided_at": at, "decided_by": by}
    PersonProposal.objects.filter(pk__in=together).update(**decided)
    PersonProposal.objects.filter(pk=proposal.pk).update(**decided, applied={**applied, SAME: together})
