"""The state of the mailboxes, for staff pages and for `manage doctor`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from channels_app.mail.imap.boxes import BadUrl, boxes_of
from channels_app.mail.models import PolledBox
from requests_app.lib import french

LONG_AGO = timedelta(minutes=10)  # ten passes missed: the scheduler or its workers are down


@dataclass(frozen=True, slots=True)
class Health:
    """One mailbox: `is_good` is None until it has been read once."""

    name: str
    is_good: bool | None
    detail: str


def health(now: datetime) -> list[Health]:
    """Return every mailbox of the settings; rows of earlier settings are left out."""
    try:
        identities = {box.identity: box.name for box in boxes_of(settings.IMAP_URL)}
    except BadUrl as error:
        return [Health("", False, str(error))]
    if not identities:
        return []
    rows = {row.identity: row for row in PolledBox.objects.filter(identity__in=identities)}
    return [_health(name, rows.get(identity), now) for identity, name in identities.items()]


def incidents(now: datetime) -> list[str]:
    """Return one sentence for each mailbox that cannot be read."""
    try:
        boxes_of(settings.IMAP_URL)
    except BadUrl as error:
        return [str(error)]
    words = _("La boîte %(box)s n’est plus relevée : %(why)s. Ses messages y restent et seront lus.")
    return [words % {"box": each.name, "why": each.detail} for each in health(now) if each.is_good is False]


def _health(name: str, row: PolledBox | None, now: datetime) -> Health:
    if row and row.failing_since:
        since = {"why": row.last_error, "when": french.near(row.failing_since, now)}
        return Health(name, False, _("%(why)s, depuis %(when)s") % since)
    if row is None or row.last_ok_at is None:
        return Health(name, None, _("pas encore relevée"))
    if now - row.last_ok_at > LONG_AGO:
        return Health(name, False, _("dernière relève %(when)s") % {"when": french.near(row.last_ok_at, now)})
    return Health(name, True, _("relevée il y a %(delay)s") % {"delay": french.delay(now - row.last_ok_at)})
