"""What was said of a person and waits for an agent's decision, in words (threats: N04)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef
from django.utils.translation import gettext as _

from requests_app.access.scope import Scope
from requests_app.lib import phones
from requests_app.people.models import AccessNeed, ContactPoint
from requests_app.tickets.models import PersonProposal, Ticket
from requests_app.tickets.models.person_proposals import PersonProposalQuerySet
from requests_app.tickets.selectors.thread_rows import agent_name

Kind = PersonProposal.Kind
CONTENT = ("kind", "need", "detail", "contact_kind", "contact_value")
MAX_SHOWN = 12
MAX_READ = 200


@dataclass(frozen=True, slots=True)
class Pending:
    """One thing to confirm; ``agent`` noted it, "" when it came by the form. ``can_decide`` is the policy."""

    id: int
    words: str
    agent: str
    said_at: datetime
    reference: str = ""
    can_decide: bool = True


def pending_of(
    row: dict[str, Any], *, is_whole: bool, reference: str = "", can_decide: bool = True
) -> Pending:
    """Build one row; ``is_whole``: the agent may read the number in full."""
    return Pending(
        id=row["id"],
        words=_words(row, is_whole=is_whole),
        agent=agent_name(row["given"], row["family"], row["username"]),
        said_at=row["said_at"],
        reference=reference,
        can_decide=can_decide,
    )


def proposals_about(person_id: int, *, scope: Scope) -> list[Pending]:
    """List what waits about a person, of the tickets this agent may read, latest first; one statement.

    The same content said several times is one row.
    """
    readable = PersonProposal.objects.pending().filter(scope.readable_q("ticket__"), ticket__person=person_id)
    rows = readable.order_by("-said_at", "-pk").values(
        *("id", "said_at", *CONTENT),
        *("author__given_name", "author__family_name", "author__username"),
        *("ticket__reference", "ticket__maison_id", "ticket__is_sensitive"),
    )[:MAX_READ]
    return [_pending(row, scope) for row in _once(rows, scope)][:MAX_SHOWN]


def shared_values(ticket: Ticket) -> set[str]:
    """Return the contacts that others may read, as said for this ticket; one statement."""
    return set(PersonProposal.objects.shared().filter(ticket=ticket).values_list("contact_value", flat=True))


def shared_among(tickets: Iterable[Ticket]) -> dict[int, set[str]]:
    """Return the same for many tickets, by id; one statement, none without tickets."""
    found: dict[int, set[str]] = {ticket.pk: set() for ticket in tickets}
    if found:
        rows = PersonProposal.objects.shared().filter(ticket__in=found)
        for ticket_id, value in rows.values_list("ticket_id", "contact_value"):
            found[ticket_id].add(value)
    return found


def shared_here(ticket_id: int, value: str = "value") -> PersonProposalQuerySet:
    """Build the same as a subquery, where the outer row holds the contact in ``value``."""
    return PersonProposal.objects.shared().filter(ticket=ticket_id, contact_value=OuterRef(value))


def _pending(row: dict[str, Any], scope: Scope) -> Pending:
    whole = {
        **row,
        "given": row["author__given_name"],
        "family": row["author__family_name"],
        "username": row["author__username"],
    }
    can_decide = _can_decide(row, scope)
    return pending_of(whole, is_whole=can_decide, reference=row["ticket__reference"], can_decide=can_decide)


def _can_decide(row: dict[str, Any], scope: Scope) -> bool:
    return scope.can_handle(row["ticket__maison_id"], row["ticket__is_sensitive"])


def _once(rows: Iterable[dict[str, Any]], scope: Scope) -> Iterable[dict[str, Any]]:
    """Yield one row per content, preferring one that the agent may decide on."""
    best: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        said = tuple(row[name] for name in CONTENT)
        if said not in best or (_can_decide(row, scope) and not _can_decide(best[said], scope)):
            best[said] = row
    return best.values()


def _words(row: dict[str, Any], *, is_whole: bool) -> str:
    if row["kind"] == Kind.NEED:
        label = str(AccessNeed.Kind(row["need"]).label)
        return f"{label} ({row['detail']})" if row["detail"] else label
    return _sentence(row["kind"]) % {"contact": _contact(row, is_whole=is_whole)}


def _sentence(kind: str) -> str:
    if kind == Kind.SHARED:
        return _("Quelqu’un d’autre peut lire ou répondre : %(contact)s")
    if kind == Kind.VOICE:
        return _("On peut laisser un message vocal : %(contact)s")
    return _("Ne laisser aucun message vocal : %(contact)s")


def _contact(row: dict[str, Any], *, is_whole: bool) -> str:
    value: str = row["contact_value"]
    if row["contact_kind"] != ContactPoint.Kind.PHONE:
        return value
    return phones.format_national(value) if is_whole else phones.mask(value)
