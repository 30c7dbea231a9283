"""Somebody who takes part in a ticket beside its person."""

from dataclasses import dataclass

from requests_app.tickets.models import Participant

Role = Participant.Role


@dataclass(frozen=True, slots=True)
class TakingPart:
    """``is_proposed``: in copy of a mail, or its author for another, until an agent says what becomes of it.

    ``role`` is in words, ``role_code`` as it is stored.
    """

    id: int
    address: str
    name: str
    role: str
    may_receive: bool
    is_proposed: bool
    role_code: str = ""

    @property
    def is_copied(self) -> bool:
        """In copy of a mail, and nothing more is known of them."""
        return self.is_proposed and self.role_code == Role.COPIED

    @property
    def is_reachable(self) -> bool:
        """Our answers reach them by mail only."""
        return "@" in self.address


def taking_part(
    pk: int, address: str, name: str, role: str, may_receive: bool, added_by: int | None
) -> TakingPart:
    return TakingPart(pk, address, name, str(Role(role).label), may_receive, added_by is None, role)
