"""Hands a message to an SMTP server, and translates each refusal (threats: O01, O03)."""

import http.client
import smtplib
import time
from urllib.parse import quote, urlsplit

from celery.exceptions import SoftTimeLimitExceeded
from django.utils.translation import gettext as _

from channels_app.contract import BadAddress, TemporaryFailure, Uncertain, Undeliverable
from channels_app.mail.sending import connections
from channels_app.mail.sending.routes import Server

MAX_SECONDS = 30.0  # before the text is sent; later replies have timeouts of their own
ABOUT_US = {530, 534, 535, 538}  # who we are, not whom we write to


def give(message: bytes, server: Server, *, envelope_from: str, recipient: str) -> str:
    """Send one message to one recipient; returns the server's last reply.

    Raises Undeliverable, TemporaryFailure or Uncertain (the line broke after the text was given).
    """
    start = time.monotonic()
    with connections.open_connection(server) as line:
        _introduce(line, envelope_from, reachable(recipient))
        if time.monotonic() - start > MAX_SECONDS:
            raise TemporaryFailure(_("le serveur d’envoi est trop lent"))
        return _tell(line, message)


def reachable(recipient: str) -> str:
    """Return the address in ASCII; raises BadAddress when it has none."""
    local, _at, domain = recipient.rpartition("@")
    if any(sign.isspace() for sign in recipient):  # two in one: the second would get the first's message
        raise BadAddress(_("l’adresse n’existe pas sous cette forme"))
    try:
        local.encode("ascii")
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError as error:
        raise BadAddress(_("l’adresse n’existe pas sous cette forme")) from error


def _introduce(line: smtplib.SMTP, envelope_from: str, recipient: str) -> None:
    try:
        code, words = line.mail(envelope_from)
        if code != 250:  # it refuses us, not this recipient
            raise TemporaryFailure(_reason(code, words))
        code, words = line.rcpt(recipient)
    except (OSError, smtplib.SMTPException) as error:
        raise TemporaryFailure(_("la ligne a été coupée (%(e)s)") % {"e": type(error).__name__}) from error
    if code not in {250, 251}:
        raise _refusal(code, words, BadAddress)


def _tell(line: smtplib.SMTP, message: bytes) -> str:
    try:
        code, words = line.data(message)
    except smtplib.SMTPDataError as error:  # refused before the text was sent
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException, SoftTimeLimitExceeded) as error:
        raise Uncertain(_("la ligne a été coupée après l’envoi, sans réponse")) from error
    if code != 250:
        raise _refusal(code, words)
    return words.decode("utf-8", "replace")


def _refusal(code: int, words: bytes | str, final: type[Undeliverable] = Undeliverable) -> Exception:
    """Return a permanent refusal when the code begins with 5 and is not about ourselves."""
    is_about_us = code in ABOUT_US or b"relay" in _bytes(words).lower()
    is_final = 500 <= code < 600 and not is_about_us
    return (final if is_final else TemporaryFailure)(_reason(code, words))


def _reason(code: int, words: bytes | str) -> str:
    text = _bytes(words).decode("utf-8", "replace")
    first = text.splitlines()[0][:120] if text else ""
    return _("refus du serveur : %(code)s %(text)s") % {"code": code, "text": first}


def _bytes(words: bytes | str) -> bytes:
    return words.encode() if isinstance(words, str) else words


def has(message_id: str, server: Server) -> bool | None:
    """Ask the server whether it has this message; None when it cannot say."""
    if not server.ask_url:
        return None
    place = urlsplit(server.ask_url)
    asking = http.client.HTTPConnection(place.hostname or "", place.port, timeout=connections.TIMEOUT_S)
    try:
        asking.request("GET", f"{place.path}?message_id={quote(message_id)}")
        return {200: True, 404: False}.get(asking.getresponse().status)
    except (OSError, http.client.HTTPException):
        return None
    finally:
        asking.close()
