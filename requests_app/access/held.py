"""What the database holds of an agent's rights: roles, and the demands opened by exception."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, F, Value

from requests_app.access.models import BrokenGlass
from requests_app.accounts.models import Membership, User

NO_NUMBER, NO_DATE = Value(None, BigIntegerField()), Value(None, DateTimeField())
NO_WORDS = Value("", CharField())


def held(user: User) -> Iterable[tuple[Any, ...]]:
    """Rows of one shape, for one statement: role and Maison, or what a live exception opens."""
    roles = Membership.objects.filter(user=user)
    live = BrokenGlass.objects.live().filter(user=user).order_by()
    return roles.values_list("role", "maison_id", NO_NUMBER, NO_NUMBER, NO_DATE, NO_WORDS).union(
        live.values_list(NO_WORDS, NO_NUMBER, F("id"), F("ticket_id"), F("until"), F("reason")), all=True
    )
