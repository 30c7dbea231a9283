"""Expired sessions."""

from datetime import datetime

from django.contrib.sessions.models import Session

AT_ONCE = 5000


def forget_sessions(*, at: datetime) -> int:
    """Delete expired sessions, some thousands at a time; return how many."""
    over = Session.objects.filter(expire_date__lt=at).order_by("expire_date")[:AT_ONCE]
    return Session.objects.filter(pk__in=list(over.values_list("pk", flat=True))).delete()[0]
