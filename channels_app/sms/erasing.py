"""SMS are deleted at the operator some days after their final state (GDPR, article 5.1.e).

The operator's list is the only state: a pass cut short, a refusal or a lost response leaves a
message in the list, and the next pass finds it there. Only messages that we store are deleted: never one
of another program in a shared account, nor one whose pictures are still to come.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from channels_app.contract import TemporaryFailure
from channels_app.intake.services import filter_stored
from channels_app.sms.key import KEY
from channels_app.sms.models import Erasures, Pictures
from channels_app.sms.statuses import ENDED
from requests_app.outbox.models import Outgoing

logger = logging.getLogger(__name__)

MAX_ROWS = 300  # in one pass, so that it ends before its time limit
BATCH = 50
State = Outgoing.State


def erase_old(*, at: datetime) -> int:
    """Delete at the operator what reached a final state long enough ago; returns how many."""
    from channels_app.sms import provider

    account, days = provider.account(), settings.SMS_ERASED_AFTER_DAYS
    if account is None or not days:
        return 0
    count = 0
    try:
        listed = provider.listed_before(account, at - timedelta(days=days))
        for sid in _settled_ids(listed):
            count += provider.erase(account, sid)
            if count >= MAX_ROWS:
                break
    except TemporaryFailure as error:
        logger.warning("sms: not all erased (%s)", error)
    finally:
        _count(count, at)
    return count


def _settled_ids(listed: Iterator[Any]) -> Iterator[str]:
    """Yield ids of ours, in batches: the list of a shared account may be long."""
    batch = list[Any]()
    for message in listed:
        batch.append(message)
        if len(batch) == BATCH:
            yield from _ours(batch)
            batch = []
    yield from _ours(batch)


def _ours(messages: list[Any]) -> list[str]:
    sids = [message.sid for message in messages if str(message.status) in ENDED]
    sent = Outgoing.objects.filter(
        channel=KEY, provider_id__in=sids, state__in=(State.SENT, State.DELIVERED, State.FAILED)
    )
    held = filter_stored(channel=KEY, keys=sids) | set(sent.values_list("provider_id", flat=True))
    to_fetch = Pictures.objects.filter(sid__in=sids, ended_at=None).values_list("sid", flat=True)
    held -= set(to_fetch)
    return [sid for sid in sids if sid in held]


def _count(count: int, at: datetime) -> None:
    if not count:
        return
    day, _is_new = Erasures.objects.get_or_create(pk=timezone.localdate(at))
    Erasures.objects.filter(pk=day.pk).update(count=F("count") + count)
