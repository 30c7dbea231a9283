"""May an automatic message leave? One answer for all of them (threats: M11, M12, O04).

Robots answer robots, and forms are filled in with victims' addresses: what we send without an agent
is limited per recipient, per domain and overall (outbox/policies.py). The counts are outbox rows, so
that an empty broker forgets nothing (I5).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from requests_app.outbox import windows
from requests_app.outbox.models import Outgoing
from requests_app.outbox.policies import POLICIES, Policy
from requests_app.outbox.preflight import enough_today, too_late

logger = logging.getLogger(__name__)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Two indexes, and no more rows than the hourly limit, however many messages there are.
COUNTS = """
WITH last_hour AS (
  SELECT recipient FROM outbox_outgoing
   WHERE kind = %(kind)s AND created_at > %(hour)s AND state NOT IN %(never_left)s LIMIT %(most)s
)
SELECT count(*), (SELECT count(*) FROM last_hour WHERE right(recipient, length(%(domain)s)) = %(domain)s),
       (SELECT count(*) FROM last_hour), max(try_after)
  FROM outbox_outgoing
 WHERE recipient = %(recipient)s AND kind = %(kind)s AND created_at > %(day)s
   AND state NOT IN %(never_left)s
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``refusal`` is a sentence for the ticket, or ""; ``not_before`` is when it may leave.

    ``asks_agent`` when the person should get it, and a cap of ours holds it back.
    """

    refusal: str = ""
    asks_agent: bool = False
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """To the recipient per day, to their domain and to everyone per hour; when the last one leaves."""

    day: int
    domain: int
    everyone: int
    last: datetime | None


def may_auto_send(
    *,
    recipient: str,
    kind: str,
    no_answer_reason: str = "",
    wanted: datetime | None = None,
    at: datetime,
) -> Verdict:
    """Decide for one automatic message to one address; one statement. ``wanted`` is when it should leave.

    A message with sending hours leaves at ``wanted`` or before, and is refused once that has passed (O04);
    others leave at once. A kind without a policy is an agent's own text, always allowed, as is what we owe.
    """
    policy = POLICIES.get(kind)
    if no_answer_reason:
        return Verdict(refusal=no_answer_reason)
    if is_ours(recipient):
        return Verdict(refusal=ours())
    if policy and policy.has_window:
        return check_hours(policy, wanted or at, at, lambda due: _count_planned(recipient, kind, due))
    if policy is None or policy.is_owed or not settings.LIMITS_ON:
        return Verdict()
    return check_immediate(policy, _counts(recipient, kind, policy, at), at)


def is_ours(recipient: str) -> bool:
    """Tell whether an address is ours: no automatic message goes there."""
    return recipient.endswith(f"@{settings.MAIL_DOMAIN}")


def ours() -> str:
    return _("C’est une de nos propres adresses.")


def check_hours(
    policy: Policy, wanted: datetime, at: datetime, planned: Callable[[datetime], int]
) -> Verdict:
    """Decide for a message with sending hours; ``planned`` counts the recipient's messages of a given day."""
    due = max(windows.brought_forward(wanted), at)
    if not windows.is_open(due):
        return Verdict(refusal=too_late())
    if settings.LIMITS_ON and _is_reached(policy.per_day, planned(due)):
        return Verdict(refusal=enough_today())
    return Verdict(not_before=due if due > at else None)


def _count_planned(recipient: str, kind: str, due: datetime) -> int:
    """Count the messages of this kind that leave for this recipient that day."""
    start, end = windows.day_of(due)
    same = Outgoing.objects.filter(recipient=recipient, kind=kind).exclude(state__in=Outgoing.NEVER_LEFT)
    return same.filter(try_after__gte=start, try_after__lt=end).count()


def check_immediate(policy: Policy, counts: Counts, at: datetime) -> Verdict:
    """Decide for a message that leaves now, or soon after the last one."""
    if _is_reached(policy.per_day, counts.day):
        return Verdict(_("Cinq messages automatiques en un jour à cette adresse : un agent répond."), True)
    if _is_reached(policy.per_domain_hour, counts.domain) or _is_reached(policy.per_hour, counts.everyone):
        logger.error("limits: %s automatic messages in an hour", counts.everyone)
        return Verdict(_too_many(), True)
    is_soon = counts.last is not None and counts.last + policy.spacing > at
    return Verdict(not_before=counts.last + policy.spacing if counts.last and is_soon else None)


def _too_many() -> str:
    return _("Trop de messages automatiques en une heure : un agent répond.")


def incidents(now: datetime) -> list[str]:
    """Describe, for staff, the messages held back by their number: somebody may be abusing our forms."""
    kept_back = Outgoing.objects.filter(state=Outgoing.State.REFUSED, reason=_too_many())
    if not kept_back.filter(kind__in=list(POLICIES), created_at__gt=now - HOUR).exists():
        return []
    return [_("Trop d’accusés de réception en une heure : les suivants ne partent plus, un agent répond.")]


def _is_reached(limit: int | None, count: int) -> bool:
    return limit is not None and count >= limit


def _counts(recipient: str, kind: str, policy: Policy, at: datetime) -> Counts:
    values: dict[str, Any] = {
        "kind": kind,
        "recipient": recipient,
        "domain": f"@{recipient.rpartition('@')[2]}",
        "hour": at - HOUR,
        "day": at - DAY,
        "never_left": tuple(map(str, Outgoing.NEVER_LEFT)),
        "most": policy.per_hour,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, values)
        return Counts(*cursor.fetchone())
