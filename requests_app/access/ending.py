"""Purge the access logs after their own retention; only the owner of the tables may (threats: P02)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from requests_app.access.models import (
    BreakGlassGrant,
    GlassNotice,
    PersonSearch,
    Reading,
    ReadingAlert,
    ReadingNotice,
)
from requests_app.lib.months import add_months

A_DAY = timedelta(days=1)  # what an exception opened was read within half an hour


@transaction.atomic
def purge_journals(*, at: datetime) -> int:
    """Delete readings, searches and exceptions older than ``GRU_JOURNAL_MONTHS``; return how many."""
    day = add_months(timezone.localdate(at), -settings.JOURNAL_MONTHS)
    before = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    old_glasses = BreakGlassGrant.objects.filter(at__lt=before - A_DAY)
    rows = (
        Reading.objects.filter(at__lt=before),
        PersonSearch.objects.filter(at__lt=before),
        ReadingNotice.objects.filter(alert__read_at__lt=before),
        ReadingAlert.objects.filter(read_at__lt=before),
        GlassNotice.objects.filter(glass__in=old_glasses),
        old_glasses,
    )
    return sum(each._raw_delete(each.db) for each in rows)
