"""The deadline given for documents: fifteen days unless a reason is written, six months at most."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from requests_app.lib import french
from requests_app.lib.months import add_months
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.errors import Refused

DAYS, MAX_MONTHS = 15, 6


def usual_day(today: date) -> date:
    """Return the day proposed to agents, the nearest that needs no reason."""
    return today + timedelta(days=DAYS)


def furthest_day(today: date) -> date:
    """Return the last day allowed: a later one is a typo, and would stop the legal clock."""
    return add_months(today, MAX_MONTHS)


def require_possible(until: date, *, at: datetime) -> None:
    """Refuse a day that is past, or too far."""
    today = local_day(at)
    if until <= today:
        raise Refused(_("Choisissez un jour à venir : la personne a besoin de temps."))
    if until > furthest_day(today):
        words = _("Ce jour est trop loin : choisissez au plus tard le %(day)s.")
        raise Refused(words % {"day": french.full_date(furthest_day(today))})


def require_reason_if_short(until: date, *, reason: str, at: datetime) -> None:
    """Refuse fewer than fifteen days without a reason."""
    usual = usual_day(local_day(at))
    if until < usual and not reason.strip():
        words = _("Moins de 15 jours : écrivez pourquoi, ou choisissez le %(day)s.")
        raise Refused(words % {"day": french.full_date(usual)})
