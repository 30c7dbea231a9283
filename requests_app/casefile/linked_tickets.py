"""A linked ticket, as an agent may know of it (threats: A02)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.access.scope import Scope
from requests_app.tickets.models import TicketLink
from requests_app.tickets.selectors import masking
from requests_app.tickets.selectors.rows import name_sender
from requests_app.tickets.selectors.thread_rows import agent_name

Kind = TicketLink.Kind
SAME_CASE = _("Même affaire que")
# What an accepted link says on the ticket it was made from, and on the other one.
ENDS = {
    Kind.FOLLOWS: (_("Fait suite à"), _("A une suite")),
    Kind.SAME_MESSAGE: (_("Même message que"), _("Même message que")),
}


@dataclass(frozen=True, slots=True)
class LinkedTicket:
    """``says`` is how it relates to this one; out of scope, ``words`` and ``state`` are empty.

    ``who`` decided, or nobody; ``at`` is when, or when it was proposed. ``person`` is its person when that
    is somebody else; ``is_first`` is the first one proposed, which one key merges.
    """

    id: int
    says: str | Promise
    reference: str
    place: str | Promise
    is_known: bool
    is_proposed: bool
    words: str | Promise
    state: str
    who: str
    at: datetime
    person: str = ""
    is_merged: bool = False
    is_first: bool = False


def read_linked(row: dict[str, Any], *, scope: Scope, topics: Mapping[int, str]) -> LinkedTicket:
    """Build one row; another Maison's ticket shows only its number and its place."""
    is_known, is_proposed = scope.can_see(row["maison_id"], row["shared_with"]), row["is_accepted"] is None
    return LinkedTicket(
        id=row["id"],
        says=_says(row["kind"], is_proposed=is_proposed, is_ours=row["is_ours"]),
        reference=row["reference"],
        place=row["place"] or masking.NO_PLACE,
        is_known=is_known,
        is_proposed=is_proposed,
        words=_words(row, topics) if is_known else "",
        state=row["state"] if is_known else "",
        who=agent_name(row["given"], row["family"], row["username"]),
        at=datetime.fromisoformat(row["decided_at"] or row["created_at"]),
        person=_person(row) if is_known and not row["is_sensitive"] else "",
        is_merged=row["is_merged"],
    )


def mark_first(found: list[LinkedTicket]) -> list[LinkedTicket]:
    """Return the same, with the first undecided one marked."""
    first = next((one for one in found if one.is_proposed and not one.is_merged), None)
    return [replace(one, is_first=True) if one is first else one for one in found]


def _person(row: dict[str, Any]) -> str:
    """Name the other ticket's person when it is somebody else: agents who merge the two must know it."""
    return "" if row["is_same_person"] or not row["sender"] else str(name_sender(row["sender"]))


def _says(kind: str, *, is_proposed: bool, is_ours: bool) -> str | Promise:
    if is_proposed:
        return Kind.PROPOSED.label
    return ENDS.get(Kind(kind), (SAME_CASE, SAME_CASE))[0 if is_ours else 1]


def _words(row: dict[str, Any], topics: Mapping[int, str]) -> str | Promise:
    topic, proposed = topics.get(row["topic_id"]), topics.get(row["proposed_id"])
    return masking.topic_words(topic, proposed, row["subject"], is_sensitive=row["is_sensitive"])
