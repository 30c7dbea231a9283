"""A message is handed to the sending server; each refusal is told apart (threats: O01, O03)."""

import http.client
import smtplib
import ssl
from contextlib import suppress
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from channels_app.contract import Uncertain, Undeliverable, Unreachable
from channels_app.mail.speaking.server import Server, server_of

TIMEOUT_S = 10


def hand_over(message: bytes, *, envelope_from: str, recipient: str) -> str:
    """Give one message for one recipient; returns the server's last words.

    Raises Undeliverable (this recipient is refused for good), Unreachable (later) or Uncertain (the
    line broke after the whole text was given).
    """
    server = server_of(settings.EMAIL_URL)
    if server is None:
        raise Unreachable(_("aucun serveur d’envoi n’est réglé (GRU_EMAIL_URL)"))
    line = _opened(server)
    try:
        _introduced(line, envelope_from, recipient)
        return _told(line, message)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            line.quit()


def _opened(server: Server) -> smtplib.SMTP:
    try:
        kind = smtplib.SMTP_SSL if server.is_tls else smtplib.SMTP
        line = kind(server.host, server.port, timeout=TIMEOUT_S)
        if server.starts_tls:
            line.starttls(context=ssl.create_default_context())
        if server.user:
            line.login(server.user, server.password)
        line.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException) as error:
        why = _("le serveur d’envoi ne répond pas (%(e)s)") % {"e": type(error).__name__}
        raise Unreachable(why) from error
    return line


def _introduced(line: smtplib.SMTP, envelope_from: str, recipient: str) -> None:
    try:
        code, words = line.mail(envelope_from)
        if code != 250:  # it refuses us, not this recipient
            raise Unreachable(str(_refusal(code, words)))
        code, words = line.rcpt(recipient)
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(_("la ligne a été coupée (%(e)s)") % {"e": type(error).__name__}) from error
    if code not in {250, 251}:
        raise _refusal(code, words)


def _told(line: smtplib.SMTP, message: bytes) -> str:
    try:
        code, words = line.data(message)
    except smtplib.SMTPDataError as error:  # refused before the text was given
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Uncertain(_("la ligne a été coupée après l’envoi, sans réponse")) from error
    if code != 250:
        raise _refusal(code, words)
    return words.decode("utf-8", "replace")


def _refusal(code: int, words: bytes | str) -> Exception:
    """The server's refusal, for good when it begins by 5, in the first line of its words."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    first = text.splitlines()[0][:120] if text else ""
    reason = _("refus du serveur : %(code)s %(text)s") % {"code": code, "text": first}
    return Undeliverable(reason) if 500 <= code < 600 else Unreachable(reason)


def was_accepted(message_id: str) -> bool | None:
    """Ask the sending server whether it has this message; None when it cannot say."""
    server = server_of(settings.EMAIL_URL)
    if server is None or not server.ask_url:
        return None
    place = urlsplit(server.ask_url)
    line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=TIMEOUT_S)
    try:
        line.request("GET", f"{place.path}?message_id={quote(message_id)}")
        return {200: True, 404: False}.get(line.getresponse().status)
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()
