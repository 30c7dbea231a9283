"""Whether a Maison is open for the whole of an appointment; a warning, which a reason overrides."""

from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.lib import french
from requests_app.lib.workdays import is_holiday
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS, describe_week, is_open, receives_during

SUNDAY = 6


def why_closed(maison: Maison, start: datetime, end: datetime) -> str:
    """Say why nobody is received then; "" when the Maison is open, or nobody knows."""
    day = start.astimezone(PARIS).date()
    if is_holiday(day):
        return _("Le %(day)s est un jour férié.") % {"day": french.day(start)}
    if day.weekday() == SUNDAY:
        return _("Le %(day)s est un dimanche.") % {"day": french.day(start)}
    if maison.closed_on and day >= maison.closed_on:
        return _("%(place)s est fermée depuis le %(day)s.") % {
            "place": maison.label,
            "day": french.day(maison.closed_on),
        }
    if is_open(maison, start) is None or receives_during(maison, start, end):
        return ""
    said = " ; ".join(describe_week(maison))
    if not said:
        return _("%(place)s ne reçoit pas de public.") % {"place": maison.label}
    return _("%(place)s ne reçoit pas à cette heure. Horaires : %(hours)s.") % {
        "place": maison.label,
        "hours": said.rstrip("."),
    }
