"""The dialogue with an IMAP server: raw bytes, nothing deleted, nothing marked as read by fetching."""

import imaplib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date

from imap_tools import BaseMailBox, MailboxLoginError

from channels_app.mail.imap.boxes import Box
from channels_app.mail.imap.clients import connect

SIZES_AT_ONCE = 100  # numbers per command: servers cut long lines
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # RFC 3501
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
UID = re.compile(rb"UID (\d+)")
EMPTY = re.compile(rb"BODY\[[A-Z]*\](?:<0>)? \"\"")


class FetchRefused(Exception):
    """The server refuses this one message; the connection is still usable."""


class ImapConnection:
    """One folder, open."""

    def __init__(self, box: BaseMailBox) -> None:
        self._client = box.client
        self.uid_validity = self._read_number("UIDVALIDITY")
        self.next_uid = self._read_number("UIDNEXT")

    def uids_since(self, last_uid: int, horizon: int, began_on: date) -> list[int]:
        """Return the uids above ``last_uid`` to fetch, in order.

        All those above the horizon; below it the unread ones, and those of the days since we began: an
        old mailbox is not fetched in full.
        """
        ours = f"UNSEEN SINCE {began_on.day}-{MONTHS[began_on.month - 1]}-{began_on.year}"
        wanted = f"OR NOT UID 1:{horizon - 1} OR {ours}" if horizon > 1 else "ALL"
        above = f"UID {last_uid + 1}:*"
        try:
            found = self._command("SEARCH", f"{above} {wanted}")
        except FetchRefused:  # a server that supports few criteria
            found = self._command("SEARCH", above)
        uids = {int(uid) for item in found if isinstance(item, bytes) for uid in item.split()}
        return sorted(uid for uid in uids if uid > last_uid)  # « n:* » always includes the last one

    def sizes(self, uids: list[int]) -> dict[int, int]:
        """Return their sizes in bytes; when the server refuses one, its whole batch is left out."""
        sizes: dict[int, int] = {}
        for start in range(0, len(uids), SIZES_AT_ONCE):
            with suppress(FetchRefused):
                sizes |= self._sizes(",".join(map(str, uids[start : start + SIZES_AT_ONCE])))
        return sizes

    def size(self, uid: int) -> int | None:
        """Return the size of one message; None when it is gone. Raises NotGiven."""
        return self._sizes(str(uid)).get(uid)

    def _sizes(self, uids: str) -> dict[int, int]:
        told = {}
        for item in self._command("FETCH", uids, "(UID RFC822.SIZE)"):
            line = item if isinstance(item, bytes) else b""
            if (uid := UID.search(line)) and (size := SIZE.search(line)):
                told[int(uid[1])] = int(size[1])
        return told

    def message(self, uid: int) -> bytes | None:
        """Return its bytes; None when it is gone. Raises NotGiven."""
        return self._literal(uid, "BODY.PEEK[]")

    def header(self, uid: int) -> bytes | None:
        return self._literal(uid, "BODY.PEEK[HEADER]")

    def mark_seen(self, uid: int) -> None:
        """Mark a message as read, for those who open the mailbox; a server may refuse it."""
        with suppress(FetchRefused):
            self._command("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def _literal(self, uid: int, what: str) -> bytes | None:
        items = self._command("FETCH", str(uid), f"(UID {what})")
        found = next((item for item in items if isinstance(item, tuple) and b"BODY[" in item[0]), None)
        if found:
            return bytes(found[1])
        lines = [item for item in items if isinstance(item, bytes) and b"BODY[" in item]
        if any(not EMPTY.search(line) for line in lines):  # NIL: it exists and cannot be read
            raise FetchRefused(what)
        return b"" if lines else None

    def _command(self, command: str, *words: str) -> list[bytes | tuple[bytes, bytes] | None]:
        """Return the untagged responses to a UID command; a refusal concerns this command alone."""
        try:
            verdict, items = self._client.uid(command, *words)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as refusal:  # BAD
            raise FetchRefused(command) from refusal
        if verdict != "OK":
            raise FetchRefused(command)
        return items

    def _read_number(self, name: str) -> int:
        """Return a number of the answer to SELECT; 0 when the server does not say."""
        _name, values = self._client.response(name)
        value = values[-1] if values else None
        return int(value) if value and value.isdigit() else 0


@contextmanager
def open_connection(box: Box, *, at_most_s: float) -> Iterator[ImapConnection]:
    """Sign in and open the folder; raises one of FAILURES, also when the whole lasts too long."""
    with connect(box, at_most_s=at_most_s) as mailbox:
        _sign_in(mailbox, box)
        _open_folder(mailbox, box.folder)
        yield ImapConnection(mailbox)


def _sign_in(mailbox: BaseMailBox, box: Box) -> None:
    is_plain = (box.user + box.password).isascii()
    sign_in = mailbox.login if is_plain else mailbox.login_utf8
    try:
        sign_in(box.user, box.password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:  # imaplib's own refusal
        raise MailboxLoginError(("NO", []), "OK") from error


def _open_folder(mailbox: BaseMailBox, folder: str) -> None:
    try:
        mailbox.folder.set(folder)
    except imaplib.IMAP4.readonly:  # enough for us: progress is stored on our side
        mailbox.folder.set(folder, readonly=True)
