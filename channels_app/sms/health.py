"""What `manage doctor` says about SMS."""

import socket
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from channels_app.sms.budget import segments_left
from channels_app.sms.models import Erasures, RefusedCalls
from channels_app.sms.provider.accounts import OFFICIAL


def health(now: datetime) -> tuple[str, str, bool]:
    """Check the account and today's budget; returns the state, the detail, whether it is a fault."""
    if not settings.TWILIO_ACCOUNT_SID:
        return "non configuré", "les SMS attendent : donnez GRU_TWILIO_ACCOUNT_SID", False
    server = urlsplit(settings.TWILIO_API_BASE or OFFICIAL)
    try:
        socket.create_connection((server.hostname, server.port or 443), timeout=3).close()
        today = timezone.localdate(now)
        left = segments_left(now)
        erased = Erasures.objects.filter(pk=today).values_list("count", flat=True).first() or 0
        refused = RefusedCalls.objects.filter(pk=today).values_list("count", flat=True).first() or 0
    except OSError:
        return "en panne", f"{server.hostname} ne répond pas ; les SMS attendent et partiront seuls", True
    except DatabaseError:  # the line of the database says it
        return "à surveiller", f"{server.hostname} répond", False
    most = settings.SMS_DAILY_SEGMENTS
    spent = most - left
    detail = f"{server.hostname} répond, {spent} segments sur {most} aujourd’hui"
    return "bon", f"{detail}, {refused} appels refusés, {erased} SMS effacés chez l’opérateur", False
