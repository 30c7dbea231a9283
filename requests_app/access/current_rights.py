"""What the database holds of an agent's rights: roles, tickets opened by exception, what waits for review."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, DateTimeField, Exists, F, OuterRef, Value
from django.db.models.expressions import Combinable

from requests_app.access.models import BreakGlassGrant, GlassNotice, ReadingNotice, SentAway
from requests_app.access.models.sent_away import READS_FOR
from requests_app.accounts.models import Membership, RightsEvent, User

NO_NUMBER, NO_DATE = Value(None, BigIntegerField()), Value(None, DateTimeField())
NO_WORDS = Value("", CharField())


TO_REVIEW = "to_review"  # no role: how many exceptions this manager has not looked at
READINGS = "readings"  # no role: how many readings they were alerted to and have not looked at
SENT = "sent"  # no role: a ticket sent away, which its sender still reads
SENT_AT = OuterRef("until") - READS_FOR


def _lost_since(at: Combinable) -> Exists:
    """Tell whether a role was removed from the agent since: what they opened by it is closed again (W13)."""
    lost = RightsEvent.objects.filter(user=OuterRef("user"), at__gte=at)
    return Exists(lost.exclude(removed=[]))


def read_rights(user: User) -> Iterable[tuple[Any, ...]]:
    """Read rows of one shape in one statement: role and Maison, what a live exception opens, or a count."""
    roles = Membership.objects.filter(user=user)
    live = BreakGlassGrant.objects.live().filter(user=user).exclude(_lost_since(OuterRef("at"))).order_by()
    notices = GlassNotice.objects.filter(manager=user, seen_at=None).order_by().values("manager")
    alerted = ReadingNotice.objects.filter(manager=user, seen_at=None).order_by().values("manager")
    sent = SentAway.objects.live().filter(user=user).exclude(_lost_since(SENT_AT)).order_by()
    waiting, readings = Value(TO_REVIEW, CharField()), Value(READINGS, CharField())
    still_read = Value(SENT, CharField())
    return roles.values_list("role", "maison_id", NO_NUMBER, NO_NUMBER, NO_DATE, NO_WORDS).union(
        live.values_list(NO_WORDS, NO_NUMBER, F("id"), F("ticket_id"), F("until"), F("reason")),
        notices.values_list(waiting, Count("pk"), NO_NUMBER, NO_NUMBER, NO_DATE, NO_WORDS),
        alerted.values_list(readings, Count("pk"), NO_NUMBER, NO_NUMBER, NO_DATE, NO_WORDS),
        sent.values_list(still_read, NO_NUMBER, NO_NUMBER, F("ticket_id"), F("until"), NO_WORDS),
        all=True,
    )
