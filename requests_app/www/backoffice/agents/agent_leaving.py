"""Someone leaves: their tickets find another agent and the account closes, together or not at all."""

from datetime import datetime

from django.db import transaction

from requests_app.accounts.models import User
from requests_app.accounts.services import leave
from requests_app.tickets.models import Ticket
from requests_app.tickets.services import hand_over


def open_tickets_of(user: User) -> int:
    """Count the tickets that would change hands."""
    return Ticket.objects.open().filter(assignee=user).count()


@transaction.atomic
def dismiss(*, user: User, to: User | None, by: User, at: datetime) -> int:
    """Hand open tickets to a colleague or back to the teams, then close the account; return their count."""
    count = hand_over(leaver=user, to=to, by=by, at=at)
    leave(user=user, by=by, at=at)
    return count
