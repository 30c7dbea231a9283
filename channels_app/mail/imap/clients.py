"""The connection to an IMAP server, from its first byte bounded in time."""

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools import BaseMailBox, ImapToolsError

from channels_app.mail.imap.boxes import Box
from requests_app.lib.hanging_up import End

TIMEOUT_S = 20  # of each answer
FAILURES = (ImapToolsError, imaplib.IMAP4.error, OSError, UnicodeError)  # the last: an impossible host


class _Plain(imaplib.IMAP4):
    def __init__(self, box: Box, end: End) -> None:
        self._end = end
        super().__init__(box.host, box.port, TIMEOUT_S)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        """Connect, and bound the greeting too, which may be slow."""
        line: socket.socket = imaplib.IMAP4._create_socket(self, timeout)  # type: ignore[attr-defined]
        self._end.begin(line)
        return line


class _Tls(imaplib.IMAP4_SSL):
    """Verifies the certificate, which imaplib alone does not."""

    def __init__(self, box: Box, end: End) -> None:
        self._end, self._name = end, box.host
        super().__init__(box.host, box.port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT_S)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        line: socket.socket = imaplib.IMAP4._create_socket(self, timeout)  # type: ignore[attr-defined]
        self._end.begin(line)
        return ssl.create_default_context().wrap_socket(line, server_hostname=self._name)


class _Mailbox(BaseMailBox):
    """imap-tools on a client of ours."""

    def __init__(self, client: imaplib.IMAP4) -> None:
        self._client = client
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._client


@contextmanager
def connect(box: Box, *, at_most_s: float) -> Iterator[BaseMailBox]:
    """Open a connection and close it; raises one of FAILURES."""
    end = End(at_most_s)
    try:
        mailbox = _Mailbox(_Tls(box, end) if box.is_tls else _Plain(box, end))
        try:
            if box.starts_tls:
                mailbox.client.starttls(ssl.create_default_context())
            yield mailbox
        finally:
            with suppress(*FAILURES):
                mailbox.logout()
    finally:
        end.forget()
