"""To whom a ticket may be assigned."""

from django.db.models import Q

from requests_app.accounts.models import Role, User
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.thread_rows import agent_name

MAX_ROWS = 200


def colleagues_for(ticket: Ticket) -> list[tuple[str, str]]:
    """List ids and names of present agents who may handle the ticket: the rule of ``Scope.can_handle``."""
    roles = [Role.CASE_HANDLER] if ticket.is_sensitive else [Role.CASE_HANDLER, Role.MANAGER]
    here = Q(memberships__maison=None)
    if ticket.maison_id is not None:
        here |= Q(memberships__maison=ticket.maison_id)
    elif ticket.shared_with:
        here |= Q(memberships__maison__in=ticket.shared_with)
    found = User.objects.present().filter(here, memberships__role__in=roles).distinct()
    rows = found.order_by("given_name", "family_name", "pk").values_list(
        "pk", "given_name", "family_name", "username"
    )
    return [(str(pk), agent_name(given, family, username)) for pk, given, family, username in rows[:MAX_ROWS]]
