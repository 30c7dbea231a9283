"""Letters to print and to post for some Maisons, oldest due first."""

from dataclasses import dataclass

from requests_app.access.scope import Scope
from requests_app.tickets.models import Task, Ticket

AT_MOST = 100  # letters of one PDF


@dataclass(frozen=True, slots=True)
class ToPost:
    """``has_more``: others wait behind these, and take their place once they are posted."""

    tickets: list[Ticket]
    has_more: bool


def to_post(scope: Scope, *, maison_id: int | None) -> ToPost:
    """Demands whose letter is to post, of those the agent may handle; one statement."""
    waiting = Task.objects.to_do().filter(kind=Task.Kind.LETTER).filter(scope.readable_q("ticket__"))
    if maison_id:
        waiting = waiting.filter(ticket__maison=maison_id)
    tasks = waiting.select_related("ticket__person", "ticket__topic", "ticket__maison__commune")
    found = [task.ticket for task in tasks.order_by("due_at", "pk")[: AT_MOST + 1]]
    handled = [t for t in found[:AT_MOST] if scope.can_handle(t.maison_id, t.is_sensitive, t.shared_with)]
    return ToPost(handled, has_more=len(found) > AT_MOST)
