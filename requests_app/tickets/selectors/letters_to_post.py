"""Letters to print and post for some Maisons, oldest due first."""

from dataclasses import dataclass

from requests_app.access.scope import Scope
from requests_app.tickets.models import Ticket, ToDo
from requests_app.tickets.selectors.family import acted_as, rows_read_by

MAX_ROWS = 100  # letters of one PDF


@dataclass(frozen=True, slots=True)
class ToPost:
    """``has_more``: others wait behind these, and take their place once they are posted."""

    tickets: list[Ticket]
    has_more: bool


def letters_to_post(scope: Scope, *, maison_id: int | None) -> ToPost:
    """List tickets whose letter is to be posted, among those the agent may handle; one statement."""
    letters = ToDo.objects.to_do().filter(kind=ToDo.Kind.LETTER)
    waiting = letters.filter(rows_read_by(scope, maison_id=maison_id))
    joined = ("ticket__person", "ticket__topic", "ticket__maison__commune", "ticket__merged_into")
    tasks = waiting.select_related(*joined)
    found = [task.ticket for task in tasks.order_by("due_at", "pk")[: MAX_ROWS + 1]]
    handled = [ticket for ticket in found[:MAX_ROWS] if _is_handled(acted_as(ticket), scope)]
    return ToPost(handled, has_more=len(found) > MAX_ROWS)


def _is_handled(ticket: Ticket, scope: Scope) -> bool:
    return scope.can_handle(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)
