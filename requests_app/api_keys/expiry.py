"""The last day of a key, as an administrator writes it."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.api_keys.errors import Refused


def end_of(day: date | None) -> datetime | None:
    """Return the end of that day, here; None without a day. Raises Refused beyond the calendar."""
    if day is None:
        return None
    try:
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    except OverflowError:
        raise Refused(_("Écrivez la date comme 2027-12-31.")) from None
