"""May a message of ours leave by itself? One answer for all automatic messages (threats: M11, M12).

Robots answer robots, and forms are filled with the addresses of victims: what we send without an agent
is bounded by recipient, by domain and in all. The counts are rows of the outbox, so that an empty broker
forgets nothing (I5).
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from requests_app.outbox.models import Outgoing

logger = logging.getLogger(__name__)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PER_RECIPIENT_DAY = 5
PER_DOMAIN_HOUR = 300  # the large providers hold most of the inhabitants' mailboxes
IN_ALL_HOUR = 2_000
NEVER_LEFT = (Outgoing.State.CANCELLED, Outgoing.State.REFUSED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``refusal`` is a sentence for the ticket, or ""; ``not_before`` is when it may leave."""

    refusal: str = ""
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """To the recipient in a day, to its domain and to everyone in an hour; when the last one leaves."""

    day: int
    domain: int
    everyone: int
    last: datetime | None


def may_auto_send(*, recipient: str, kind: str, no_answer_reason: str = "", at: datetime) -> Verdict:
    """Decide for one automatic message to one address; one statement."""
    if no_answer_reason:
        return Verdict(refusal=no_answer_reason)
    if _is_ours(recipient):
        return Verdict(refusal=_("C’est une de nos propres adresses."))
    if not settings.LIMITS_ON:
        return Verdict()
    counts = _counts(recipient, kind, at)
    if counts.day >= PER_RECIPIENT_DAY:
        return Verdict(refusal=_("Cinq messages automatiques en un jour à cette adresse : un agent répond."))
    if counts.domain >= PER_DOMAIN_HOUR or counts.everyone >= IN_ALL_HOUR:
        logger.error("limits: %s automatic messages in an hour", counts.everyone)
        return Verdict(refusal=_("Trop de messages automatiques en une heure : un agent répond."))
    is_soon = counts.last is not None and counts.last + HOUR > at
    return Verdict(not_before=counts.last + HOUR if counts.last and is_soon else None)


def _is_ours(recipient: str) -> bool:
    return recipient.endswith(f"@{settings.MAIL_DOMAIN}")


def _counts(recipient: str, kind: str, at: datetime) -> Counts:
    domain = recipient.rpartition("@")[2]
    mine, last_hour = Q(recipient=recipient), Q(created_at__gt=at - HOUR)
    sent = Outgoing.objects.filter(kind=kind, created_at__gt=at - DAY).exclude(state__in=NEVER_LEFT)
    found = sent.aggregate(
        day=Count("pk", filter=mine),
        domain=Count("pk", filter=last_hour & Q(recipient__endswith=f"@{domain}")),
        everyone=Count("pk", filter=last_hour),
        last=Max("try_after", filter=mine),
    )
    return Counts(**found)
