"""Somebody who takes part in a ticket beside its person."""

from dataclasses import dataclass

from requests_app.tickets.models import Participant

Role = Participant.Role


@dataclass(frozen=True, slots=True)
class TakingPart:
    """``is_proposed``: only in copy of a mail, until an agent says what becomes of it."""

    id: int
    address: str
    name: str
    role: str
    may_receive: bool
    is_proposed: bool


def taking_part(
    pk: int, address: str, name: str, role: str, may_receive: bool, added_by: int | None
) -> TakingPart:
    return TakingPart(pk, address, name, str(Role(role).label), may_receive, added_by is None)
