"""How much one caller or one contact may write (threats: S06, W02): counted on the threads themselves."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac

from channels_app.chat.models import Line, Thread

THREADS_BY_CALLER, IN = 20, timedelta(hours=1)  # many people may share one address (a Maison's wifi)
THREADS_BY_CONTACT, IN_DAYS = 5, timedelta(days=1)  # each may cause an SMS
LINES_BY_THREAD = 120


def hash_caller(address: str) -> str:
    """Return what is stored of a caller: a keyed hash."""
    return salted_hmac("gru.chat.caller", address, algorithm="sha256").hexdigest() if address else ""


def may_start(*, caller: str, contact: str, at: datetime) -> bool:
    """Tell whether another thread may be started from there, for that contact."""
    if not settings.LIMITS_ON:
        return True
    if caller and Thread.objects.started_from(caller, since=at - IN).count() >= THREADS_BY_CALLER:
        return False
    if not contact:
        return True
    same = Thread.objects.filter(contact=contact, created_at__gt=at - IN_DAYS)
    return same.count() < THREADS_BY_CONTACT


def may_add(thread_id: int, *, at: datetime) -> bool:
    """Tell whether one more line may be added to a thread within the hour."""
    if not settings.LIMITS_ON:
        return True
    mine = Line.objects.filter(thread=thread_id, arrival__isnull=False, at__gt=at - IN)
    return mine.count() < LINES_BY_THREAD
