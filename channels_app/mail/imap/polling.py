"""One pass over the mailboxes: stored first, marked as read afterwards, never twice (threats: I1, I3)."""

import hashlib
import re
import time
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from imap_tools import MailboxLoginError

from channels_app.intake import services as intake
from channels_app.mail.imap import progress
from channels_app.mail.imap.boxes import Box, boxes_of
from channels_app.mail.imap.clients import FAILURES
from channels_app.mail.imap.connection import FetchRefused, ImapConnection, open_connection
from channels_app.mail.imap.words import why
from channels_app.mail.key import KEY
from channels_app.mail.mailboxes import mailboxes
from channels_app.mail.models import PolledBox
from channels_app.mail.oversize import NOT_GIVEN, TOO_BIG, head_of
from channels_app.mail.parsing import Unreadable
from channels_app.mail.parsing.headers import read_head
from requests_app.lib.alone import alone
from requests_app.lib.failpoints import failpoint

SOURCE = "imap"
MAX_ROWS = 500  # per mailbox and pass; the next pass comes in a minute
MAX_SECONDS = 45.0  # of a pass over all mailboxes
LEAST_S = 5.0  # per mailbox, however slow those before it were
LAST_ANSWER_S = 30.0  # past its time, for the message being received
A_DAY = timedelta(days=1)  # a server's dates are days in its own time zone
MAX_TRIES = 3  # for a message that the server refuses; then an agent looks
DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
ADDRESS = re.compile(rb"[A-Za-z0-9_.+=-]{1,64}@[A-Za-z0-9.-]{1,190}")


def poll(*, at: datetime) -> int:
    """Fetch what is new in every mailbox of GRU_IMAP_URL; returns how many messages.

    A server that is away is recorded on its row and tried again by the next pass; a second poller skips
    a mailbox that the first is reading.
    """
    boxes = _the_good_ones_first(boxes_of(settings.IMAP_URL))
    end, taken = time.monotonic() + MAX_SECONDS, 0
    for rank, box in enumerate(boxes):
        share = max(LEAST_S, (end - time.monotonic()) / (len(boxes) - rank))
        with alone(_lock_of(box.identity)) as is_alone:
            if is_alone:
                taken += _poll(box, at, share)
    return taken


def _the_good_ones_first(boxes: list[Box]) -> list[Box]:
    """Return each mailbox once, failing ones last: a server that hangs delays only those."""
    failing = set(PolledBox.objects.exclude(failing_since=None).values_list("identity", flat=True))
    return sorted({box.identity: box for box in boxes}.values(), key=lambda box: box.identity in failing)


def _poll(box: Box, at: datetime, seconds: float) -> int:
    row, _is_new = PolledBox.objects.get_or_create(
        identity=box.identity, defaults={"name": box.name, "began_at": at}
    )
    if row.try_after and row.try_after > at:
        return 0
    reading, end = _Reading(box, row), time.monotonic() + seconds
    try:
        with open_connection(box, at_most_s=seconds + LAST_ANSWER_S) as line:
            reading.take_in(line, at, end)
    except (OperationalError, InterfaceError):  # our fault: nothing is recorded against the mailbox
        raise
    except (FetchRefused, *FAILURES) as error:
        progress.note_failure(row, why(error), at, is_refused=isinstance(error, MailboxLoginError))
    else:
        progress.note_success(row, at)
    return reading.taken


class _Reading:
    """One pass over one mailbox."""

    def __init__(self, box: Box, row: PolledBox) -> None:
        self.box, self.row, self.taken = box, row, 0

    def take_in(self, line: ImapConnection, at: datetime, end: float) -> None:
        row = self.row
        if line.uid_validity != row.uid_validity:
            progress.begin_again(row, line.uid_validity, line.next_uid)
        mailboxes.refresh_when_old()
        new = line.uids_since(row.last_uid, row.horizon, self._since())
        todo = [*new[:MAX_ROWS], *(int(uid) for uid in row.refused)]
        sizes = line.sizes(todo)
        for uid in todo:
            if time.monotonic() > end:
                return
            self._take(line, uid, sizes.get(uid), at)
        if len(new) <= MAX_ROWS:
            progress.caught_up(row, at)

    def _since(self) -> date:
        """Return the day since which read messages count too: when we began, or had read everything."""
        row = self.row
        return timezone.localdate(row.caught_up_at - A_DAY if row.caught_up_at else row.began_at)

    def _take(self, line: ImapConnection, uid: int, size: int | None, at: datetime) -> None:
        """Store one message, then mark it on the server; one that is refused holds up no other."""
        try:
            size = line.size(uid) if size is None else size
            is_kept = size is not None and self._keep(line, uid, size, at)
        except FetchRefused:
            self._record_refusal(uid, at)
            return
        except FAILURES:  # the connection broke on this one: it must not break there forever
            self._record_refusal(uid, at)
            raise
        progress.record_done(self.row, uid)
        if is_kept:
            self.taken += 1
            line.mark_seen(uid)

    def _keep(self, line: ImapConnection, uid: int, size: int, at: datetime) -> bool:
        """Fetch and store; False when the message disappeared meanwhile."""
        is_big = size > settings.MAIL_MAX_BYTES
        raw = line.header(uid) if is_big else line.message(uid)
        if raw is None:
            return False
        if not raw and size:
            raise FetchRefused(uid)
        size = size if is_big else len(raw)  # a server may announce less than it sends
        if size > settings.MAIL_MAX_BYTES:
            self._store(head_of(raw), at, facts={TOO_BIG: size}, key=f"{self._key(uid)} {size}")
        else:
            self._store(raw, at)
        failpoint("imap.after_store")
        return True

    def _record_refusal(self, uid: int, at: datetime) -> None:
        if progress.record_refusal(self.row, uid) >= MAX_TRIES:
            self._store(b"", at, facts={NOT_GIVEN: uid}, key=self._key(uid))
            progress.record_done(self.row, uid)

    def _key(self, uid: int) -> str:
        return f"{self.row.identity} {self.row.uid_validity} {uid}"

    def _store(
        self, raw: bytes, at: datetime, *, facts: dict[str, object] | None = None, key: str = ""
    ) -> None:
        address = mailboxes.first_of_ours(_read_addresses(raw), default=self.box.address)
        intake.store(channel=KEY, address=address, raw=raw, source=SOURCE, at=at, key=key, facts=facts)


def _read_addresses(raw: bytes) -> list[str]:
    """Read the addresses of the header, delivery ones first; cheap, since nothing is stored yet."""
    try:
        head, _body = read_head(head_of(raw))
    except Unreadable:
        return []
    fields = [value for name in DELIVERED for value in head.all_raw(name)]
    return [found.decode("ascii") for value in fields for found in ADDRESS.findall(value)]


def _lock_of(identity: str) -> int:
    return int.from_bytes(hashlib.sha256(f"imap {identity}".encode()).digest()[:8], "big", signed=True)
