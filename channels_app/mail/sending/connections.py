"""One connection to the SMTP server stays open between messages: TLS and login cost more than a mail."""

import smtplib
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from channels_app.contract import TemporaryFailure
from channels_app.mail.sending.routes import Server

TIMEOUT_S = 10.0  # to connect, and for each reply (threats: O03)
IDLE_S = 15.0  # idle longer than that, servers begin to close it
MAX_MAILS = 100  # per connection: many servers refuse more


@dataclass(slots=True)
class SmtpConnection:
    """An open connection: its server, how many mails it took, when it was last used."""

    smtp: smtplib.SMTP
    server: Server
    mails: int = 0
    used_at: float = 0.0

    def is_usable(self, server: Server) -> bool:
        """Return whether it still answers, and reset it."""
        is_young = time.monotonic() - self.used_at < IDLE_S and self.mails < MAX_MAILS
        if self.server != server or not is_young:
            return False
        try:
            return bool(self.smtp.rset()[0] == 250)
        except (OSError, smtplib.SMTPException):
            return False


_kept = threading.local()


@contextmanager
def open_connection(server: Server) -> Iterator[smtplib.SMTP]:
    """Yield this thread's connection, or a new one; raises TemporaryFailure. Any error closes it."""
    line: SmtpConnection | None = getattr(_kept, "line", None)
    _kept.line = None
    if line and not line.is_usable(server):
        _hang_up(line.smtp)
        line = None
    line = line or SmtpConnection(_open(server), server)
    try:
        yield line.smtp
    except BaseException:
        _hang_up(line.smtp)
        raise
    line.mails, line.used_at = line.mails + 1, time.monotonic()
    _kept.line = line


def _open(server: Server) -> smtplib.SMTP:
    try:
        smtp = _connect(server)
        try:
            _greet(smtp, server)
        except BaseException:
            _hang_up(smtp)
            raise
    except (OSError, smtplib.SMTPException) as error:
        why = _("le serveur d’envoi ne répond pas (%(e)s)") % {"e": type(error).__name__}
        raise TemporaryFailure(why) from error
    return smtp


def _connect(server: Server) -> smtplib.SMTP:
    """Connect under our own name: that of the machine is private, and slow to find."""
    if server.is_tls:
        tls = ssl.create_default_context()
        return smtplib.SMTP_SSL(
            server.host, server.port, settings.MAIL_DOMAIN, timeout=TIMEOUT_S, context=tls
        )
    return smtplib.SMTP(server.host, server.port, settings.MAIL_DOMAIN, timeout=TIMEOUT_S)


def _greet(smtp: smtplib.SMTP, server: Server) -> None:
    if server.starts_tls:
        smtp.starttls(context=ssl.create_default_context())
    smtp.ehlo_or_helo_if_needed()
    if server.user:
        smtp.login(server.user, server.password)


def _hang_up(smtp: smtplib.SMTP) -> None:
    """Close without QUIT: a server that hangs would make us wait."""
    with suppress(OSError, smtplib.SMTPException):
        smtp.close()
