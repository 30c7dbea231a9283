"""When something has disappeared or waits too long, those who can act see it on every page (threats: I2)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.intake.models import Watch
from channels_app.intake.services.reconciling import OLDEST_PENDING_S
from requests_app.lib import french

UNWATCHED = timedelta(minutes=20)  # four checks missed: the scheduler or the workers are down


def alarms(now: datetime) -> list[str]:
    """Return the sentences of the last check; one statement."""
    watch = Watch.objects.filter(pk=Watch.ONE).first()
    if watch is None:
        return []
    found = [*_missing(watch, now), *_waiting(watch, now)]
    if now - watch.checked_at > UNWATCHED:
        words = _("Le compte des arrivées n’est plus vérifié depuis %(delay)s. Prévenez l’équipe technique.")
        found.append(words % {"delay": french.delay(now - watch.checked_at)})
    return found


def _missing(watch: Watch, now: datetime) -> list[str]:
    if not watch.gap or watch.wrong_since is None:
        return []
    words = ngettext(
        "Il manque %(n)s arrivée au compte, vu %(when)s. Prévenez tout de suite l’équipe technique.",
        "Il manque %(n)s arrivées au compte, vu %(when)s. Prévenez tout de suite l’équipe technique.",
        watch.gap,
    )
    return [words % {"n": french.number(watch.gap), "when": french.near(watch.wrong_since, now)}]


def _waiting(watch: Watch, now: datetime) -> list[str]:
    if (watch.oldest_pending_s or 0) <= OLDEST_PENDING_S:
        return []
    waits = timedelta(seconds=watch.oldest_pending_s or 0) + (now - watch.checked_at)
    words = _("Un message attend d’être lu depuis %(delay)s. Il est gardé. Prévenez l’équipe technique.")
    return [words % {"delay": french.delay(waits)}]
