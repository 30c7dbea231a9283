"""The caps of limits.py for many messages at once: rows are counted once, then what is added counts too."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from requests_app.outbox import windows
from requests_app.outbox.models import Outgoing
from requests_app.outbox.policies import POLICIES
from requests_app.outbox.services import Message
from requests_app.tickets.messages.limits import (
    DAY,
    Counts,
    Verdict,
    check_hours,
    check_immediate,
    is_ours,
    may_auto_send,
    ours,
)


class Caps:
    """Whether each of these messages may leave, in one statement.

    A kind that strangers can trigger (policies: ``per_hour``) is counted separately, one by one.
    """

    def __init__(self, messages: Collection[Message], at: datetime) -> None:
        self.at = at
        self.of_day: Counter[tuple[str, str]] = Counter()
        self.planned: Counter[tuple[str, str, datetime]] = Counter()
        if settings.LIMITS_ON:
            self._count(messages)

    def verdict(self, message: Message, wanted: datetime | None) -> Verdict:
        """Return the verdict for one message, which then counts for the next ones."""
        verdict = self._decide(message, wanted)
        if not verdict.refusal:
            self._add(message.recipient, message.kind, self.at, verdict.not_before or self.at)
        return verdict

    def _decide(self, message: Message, wanted: datetime | None) -> Verdict:
        recipient, kind, at = message.recipient, message.kind, self.at
        policy = POLICIES.get(kind)
        if policy and policy.per_hour is not None:
            return may_auto_send(recipient=recipient, kind=kind, wanted=wanted, at=at)
        if is_ours(recipient):
            return Verdict(refusal=ours())
        if policy and policy.has_window:
            return check_hours(
                policy, wanted or at, at, lambda due: self.planned[recipient, kind, windows.day_of(due)[0]]
            )
        if policy is None or policy.is_owed or not settings.LIMITS_ON:
            return Verdict()
        return check_immediate(policy, Counts(self.of_day[recipient, kind], 0, 0, None), at)

    def _count(self, messages: Collection[Message]) -> None:
        same = Outgoing.objects.filter(
            Q(created_at__gt=self.at - DAY) | Q(try_after__gte=windows.day_of(self.at)[0]),
            recipient__in={message.recipient for message in messages},
            kind__in={message.kind for message in messages},
        )
        rows = same.exclude(state__in=Outgoing.NEVER_LEFT)
        for row in rows.values_list("recipient", "kind", "created_at", "try_after"):
            self._add(*row)

    def _add(self, recipient: str, kind: str, created_at: datetime, due: datetime) -> None:
        self.planned[recipient, kind, windows.day_of(due)[0]] += 1
        if created_at > self.at - DAY:
            self.of_day[recipient, kind] += 1
