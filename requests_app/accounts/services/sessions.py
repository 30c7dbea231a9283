"""Sessions that are over."""

from datetime import datetime

from django.contrib.sessions.models import Session

AT_ONCE = 5000


def forget_sessions(*, at: datetime) -> int:
    """Erase those whose time has passed, some thousands at a time; returns how many."""
    over = Session.objects.filter(expire_date__lt=at).order_by("expire_date")[:AT_ONCE]
    return Session.objects.filter(pk__in=list(over.values_list("pk", flat=True))).delete()[0]
