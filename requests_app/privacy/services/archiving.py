"""Move tickets to the restricted archive after their active months: they then open for a reason only."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from requests_app.catalog.models import Topic
from requests_app.lib.months import add_months
from requests_app.privacy.contacts import annotate_last_contact
from requests_app.privacy.rules import rule_of
from requests_app.tickets.models import State, Ticket

TURN = 2000  # of one topic per pass; the next one continues
SHORTER_MONTH = timedelta(days=4)  # 31 January and a month is 28 February: the exact day comes after


def archive(*, at: datetime) -> int:
    """Archive closed tickets whose active months are over, of topics that have an archive."""
    today = timezone.localdate(at)
    topics = Topic.objects.filter(archive_months__gt=0)
    return sum(_archive(_past_retention(topic, today), at) for topic in topics)


def _past_retention(topic: Topic, today: date) -> list[int]:
    rule = rule_of(topic)
    limit = add_months(today, -rule.active_months) + SHORTER_MONTH
    before = timezone.make_aware(datetime.combine(limit, datetime.min.time()))
    closed = Ticket.objects.filter(topic=topic, state=State.CLOSED, archived_at=None, merged_into=None)
    rows = annotate_last_contact(closed.filter(received_at__lt=before)).filter(last_contact__lt=before)
    dated = rows.order_by("received_at", "pk").values_list("pk", "last_contact")[:TURN]
    return [pk for pk, last in dated if rule.archived_on(timezone.localdate(last)) <= today]


def _archive(ids: list[int], at: datetime) -> int:
    """Archive these with those merged into them, which are read together."""
    rows = Ticket.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids), state=State.CLOSED, archived_at=None)
    return rows.update(archived_at=at) if ids else 0
