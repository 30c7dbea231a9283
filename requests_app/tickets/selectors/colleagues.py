"""Who may be entrusted with a ticket."""

from dataclasses import dataclass

from django.db.models import Q

from requests_app.accounts.models import Role, User
from requests_app.tickets.models import Ticket

MOST = 200


@dataclass(frozen=True, slots=True)
class Colleague:
    id: int
    name: str


def colleagues_for(ticket: Ticket) -> list[Colleague]:
    """Present agents who may handle the ticket, by name; the same rule as ``Scope.can_handle``."""
    roles = [Role.CASE_HANDLER] if ticket.is_sensitive else [Role.CASE_HANDLER, Role.MANAGER]
    here = Q(memberships__maison=None) | Q(memberships__maison=ticket.maison_id)
    if ticket.maison_id is None:
        here = Q(memberships__maison=None)
    found = User.objects.present().filter(here, memberships__role__in=roles).distinct()
    names = found.order_by("given_name", "family_name", "pk").only("given_name", "family_name", "username")
    return [Colleague(user.pk, user.full_name) for user in names[:MOST]]
