"""Somebody who takes part in a ticket beside its person."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from requests_app.tickets.models import Participant, Ticket
from requests_app.tickets.models.participants import FOR_OTHERS
from requests_app.tickets.selectors.family import family_of

Role = Participant.Role


@dataclass(frozen=True, slots=True)
class TakingPart:
    """``is_proposed``: in copy of a mail, or its author for another, until an agent decides.

    ``role`` is in words, ``role_code`` as stored.
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
        """Tell whether they are in copy of a mail, and nothing more is known of them."""
        return self.is_proposed and self.role_code == Role.COPIED

    @property
    def part(self) -> str:
        """Return their role in words, and whether an agent must still confirm it."""
        if self.is_copied:
            return _("En copie, à confirmer")
        return _("%(role)s, à confirmer") % {"role": self.role} if self.is_proposed else self.role

    @property
    def writes_for_others(self) -> bool:
        """Tell whether they write for others, by their work, as an agent said."""
        return not self.is_proposed and self.role_code in FOR_OTHERS

    @property
    def is_reachable(self) -> bool:
        """Tell whether our answers can reach them: by mail only."""
        return "@" in self.address


def taking_part(
    pk: int, address: str, name: str, role: str, may_receive: bool, added_by: int | None
) -> TakingPart:
    return TakingPart(pk, address, name, str(Role(role).label), may_receive, added_by is None, role)


def participants_of(ticket: Ticket) -> list[TakingPart]:
    """List who takes part in a ticket and in those merged into it, earliest first; one statement."""
    rows = Participant.objects.present().filter(ticket__in=family_of(ticket)).order_by("added_at", "pk")
    columns = ("pk", "address", "name", "role", "may_receive", "added_by_id")
    return [taking_part(*row) for row in rows.values_list(*columns)]
