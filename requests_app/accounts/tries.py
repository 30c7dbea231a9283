"""How many wrong passwords or codes are allowed: by account and address, and by address (threats: N07)."""

from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

KNOWN_FOR = timedelta(days=90)


class Tries(AxesDatabaseHandler):
    """Axes' own counts, and one over all the accounts that an address tries."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Tell whether this account waits at this address, or the address as a whole.

        An agent who has signed in from there is not held up by others who share the address: a visitor of a
        Maison must not lock its agents out.
        """
        if super().is_locked(request, credentials):
            return True
        return _is_spraying(request) and not _is_known(request, credentials)


def _is_spraying(request: HttpRequest) -> bool:
    recent = AccessAttempt.objects.filter(
        ip_address=request.axes_ip_address,  # type: ignore[attr-defined]
        attempt_time__gt=timezone.now() - (get_cool_off(request) or timedelta()),
    )
    failures = recent.aggregate(total=Sum("failures_since_start"))["total"] or 0
    return bool(failures >= settings.SIGN_IN_FAILURES_BY_ADDRESS)


def _is_known(request: HttpRequest, credentials: dict[str, Any] | None) -> bool:
    username = (credentials or {}).get("username") or request.POST.get("username")
    return AccessLog.objects.filter(
        username=username,
        ip_address=request.axes_ip_address,  # type: ignore[attr-defined]
        attempt_time__gt=timezone.now() - KNOWN_FOR,
    ).exists()
