"""What the database holds of an agent's rights: roles, demands opened by exception, what waits to be seen."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, DateTimeField, F, Value

from requests_app.access.models import BrokenGlass, GlassNotice, SentAway
from requests_app.accounts.models import Membership, User

NO_NUMBER, NO_DATE = Value(None, BigIntegerField()), Value(None, DateTimeField())
NO_WORDS = Value("", CharField())


TO_REVIEW = "to_review"  # no role: how many exceptions this manager has not looked at
SENT = "sent"  # no role: a ticket sent away, which its sender still reads


def held(user: User) -> Iterable[tuple[Any, ...]]:
    """Rows of one shape, for one statement: role and Maison, what a live exception opens, or a count."""
    roles = Membership.objects.filter(user=user)
    live = BrokenGlass.objects.live().filter(user=user).order_by()
    told = GlassNotice.objects.filter(manager=user, seen_at=None).order_by().values("manager")
    sent = SentAway.objects.live().filter(user=user).order_by()
    waiting, still_read = Value(TO_REVIEW, CharField()), Value(SENT, CharField())
    return roles.values_list("role", "maison_id", NO_NUMBER, NO_NUMBER, NO_DATE, NO_WORDS).union(
        live.values_list(NO_WORDS, NO_NUMBER, F("id"), F("ticket_id"), F("until"), F("reason")),
        told.values_list(waiting, Count("pk"), NO_NUMBER, NO_NUMBER, NO_DATE, NO_WORDS),
        sent.values_list(still_read, NO_NUMBER, NO_NUMBER, F("ticket_id"), F("until"), NO_WORDS),
        all=True,
    )
