"""The pictures of an SMS join it later: the text never waits for them (threats: W08, I6).

A row says what is still to fetch; the task is quick, the sweep certain. Each picture passes the same checks
as the files of a mail: type by its bytes, antivirus, locked until scanned (tickets/files.py).
"""

import logging
import mimetypes
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.contract import TemporaryFailure
from channels_app.sms.models import Pictures
from channels_app.sms.reading import MESSAGE_ID, Sms
from requests_app.lib.enqueue import enqueue
from requests_app.lib.failpoints import failpoint
from requests_app.tickets.files import attach
from requests_app.tickets.inbound import SaidFile
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.selectors.family import tickets_showing
from requests_app.tickets.services.recounting import recount_files

if TYPE_CHECKING:
    from channels_app.sms.provider import Account

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=150)  # above the hard limit of the task
FIRST_WAIT, MAX_WAIT = timedelta(minutes=1), timedelta(hours=2)
TRIED_FOR = timedelta(hours=72)
AT_ONCE = 20  # messages per sweep


def can_come(text: Sms) -> bool:
    """Return whether there are pictures, and an id to fetch them by."""
    return text.media > 0 and MESSAGE_ID.fullmatch(text.sid) is not None


def describe_pictures(text: Sms) -> str:
    """Return what a new touchpoint says about the pictures; "" without one."""
    if can_come(text) or not text.media:
        return coming(text.media) if text.media else ""
    words = ngettext(
        "Une image était jointe : demandez-la par e-mail.",
        "%(n)s images étaient jointes : demandez-les par e-mail.",
        text.media,
    )
    return words % {"n": text.media}


def expect(text: Sms, *, touchpoint_id: int, at: datetime) -> None:
    """Record that pictures are to be fetched, in the transaction of their touchpoint."""
    row = Pictures.objects.create(
        touchpoint_id=touchpoint_id,
        sid=text.sid,
        count=text.media,
        remark=coming(text.media),
        try_after=at,
        give_up_at=at + TRIED_FOR,
    )
    enqueue("sms.fetch_pictures", pictures_id=row.pk)


def coming(count: int) -> str:
    """Return what the touchpoint says while some are missing."""
    words = ngettext(
        "Une image est jointe : nous la demandons à l’opérateur, elle s’ajoute ici dès qu’elle arrive.",
        "%(n)s images sont jointes : nous les demandons à l’opérateur, elles s’ajoutent ici en arrivant.",
        count,
    )
    return words % {"n": count}


def fetch_waiting(*, at: datetime) -> int:
    """Fetch what no task fetched, or what waits since the provider was away; returns how many messages."""
    ids = list(Pictures.objects.due(at).order_by("try_after", "pk").values_list("pk", flat=True)[:AT_ONCE])
    for pk in ids:
        fetch(pictures_id=pk, at=at)
    return len(ids)


def fetch(*, pictures_id: int, at: datetime) -> None:
    """Fetch the missing pictures of one message, outside any transaction."""
    from channels_app.sms import provider  # Twilio's library takes memory, and only workers need it

    row, account = _claim(pictures_id, at), provider.account()
    if row is None or account is None:
        return
    try:
        _fetch_missing(row, account, at)
    except TemporaryFailure as error:
        logger.warning("sms: pictures %s later (%s)", row.pk, error)
    except OSError as error:  # no room for the file (threats: F05): nothing is recorded, so it is tried again
        logger.error("sms: pictures %s not stored (%s)", row.pk, type(error).__name__)
    _later(row, at)


def _fetch_missing(row: Pictures, account: "Account", at: datetime) -> None:
    from channels_app.sms import provider

    for rank, picture in enumerate(provider.pictures_of(account, row.sid), start=1):
        if picture.sid in row.settled:
            continue
        try:
            data = provider.fetch_picture(account, row.sid, picture)
        except provider.PictureLost as error:
            _settle(row, picture.sid, None, at, why=str(error))
            continue
        failpoint("sms.picture_fetched")
        _settle(row, picture.sid, _file(rank, picture.declared_type, data), at)


@transaction.atomic
def _claim(pictures_id: int, at: datetime) -> Pictures | None:
    """Claim it for as long as a worker may need."""
    rows = Pictures.objects.due(at).select_for_update(skip_locked=True)
    row = rows.filter(pk=pictures_id).first()
    if row is not None:
        row.attempts += 1
        Pictures.objects.filter(pk=row.pk).update(attempts=row.attempts, try_after=at + LEASE)
    return row


def _file(rank: int, declared_type: str, data: bytes) -> SaidFile:
    extension = mimetypes.guess_extension(declared_type.partition(";")[0].strip()) or ""
    return SaidFile(f"image-{rank}{extension}", declared_type, data)


@transaction.atomic
def _settle(row: Pictures, sid: str, file: SaidFile | None, at: datetime, *, why: str = "") -> None:
    """Store one picture, or why it is lost; two workers store it once."""
    now = Pictures.objects.select_for_update().get(pk=row.pk)
    if sid in now.settled:
        row.settled = now.settled
        return
    now.settled, now.lost = [*now.settled, sid], now.lost + (file is None)
    touchpoint = Touchpoint.objects.select_for_update().get(pk=now.touchpoint_id)
    if file is not None:
        attach(touchpoint, [file])
    _say(now, touchpoint, why)
    now.ended_at = at if len(now.settled) >= now.count else None
    now.save(update_fields=["settled", "lost", "remark", "ended_at"])
    _freshen(touchpoint, has_file=file is not None)
    row.settled, row.ended_at = now.settled, now.ended_at


def _freshen(touchpoint: Touchpoint, *, has_file: bool) -> None:
    """Tell agents who have it open, in whichever ticket shows the message by now (threats: W12)."""
    shown_by = tickets_showing(touchpoint)
    Ticket.objects.filter(pk__in=shown_by).update(version=F("version") + 1)
    if has_file:
        recount_files(shown_by)


def _say(row: Pictures, touchpoint: Touchpoint, why: str) -> None:
    """Update the remarks: at most one on what is missing, and one on each lost picture."""
    missing = max(row.count - len(row.settled), 0)
    kept = [words for words in touchpoint.remarks if words != row.remark]
    row.remark = coming(missing) if missing else ""
    touchpoint.remarks = [*kept, *filter(None, (row.remark, _describe_loss(why) if why else ""))]
    touchpoint.save(update_fields=["remarks"])


def _describe_loss(why: str) -> str:
    words = _("Une image n’a pas pu être reprise (%(why)s) : demandez-la par e-mail.")
    return words % {"why": why}


def _later(row: Pictures, at: datetime) -> None:
    """Postpone longer each time, for three days; then the touchpoint says what never came."""
    if row.ended_at is not None:
        return
    due = at + min(FIRST_WAIT * 2 ** min(row.attempts - 1, 10), MAX_WAIT)
    if due < row.give_up_at:
        Pictures.objects.filter(pk=row.pk, ended_at=None).update(try_after=due)
    else:
        _give_up(row, at)


@transaction.atomic
def _give_up(row: Pictures, at: datetime) -> None:
    now = Pictures.objects.select_for_update().filter(pk=row.pk, ended_at=None).first()
    if now is None:
        return
    touchpoint = Touchpoint.objects.select_for_update().get(pk=now.touchpoint_id)
    kept = [words for words in touchpoint.remarks if words != now.remark]
    touchpoint.remarks = [*kept, _describe_loss(_("l’opérateur ne l’a pas donnée en trois jours"))]
    touchpoint.save(update_fields=["remarks"])
    now.ended_at, now.remark = at, ""
    now.save(update_fields=["ended_at", "remark"])
