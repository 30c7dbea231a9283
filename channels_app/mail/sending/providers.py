"""Hands a message to a sending service over HTTP, with django-anymail, and translates its errors."""

from typing import Any

import requests
from anymail.exceptions import AnymailAPIError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.translation import gettext as _
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from channels_app.contract import BadAddress, TemporaryFailure, Uncertain, Undeliverable
from channels_app.mail.sending import connections
from channels_app.mail.sending.routes import Provider

BACKEND = "anymail.backends.{name}.EmailBackend"
ABOUT_THE_MESSAGE = {400, 406, 413, 422}
ANSWER_LOST = {502, 504}  # a proxy between us gave up waiting
YES = {"sent", "queued"}
# Set by the service; Mailjet refuses a message that has its own (symfony/symfony#44000).
TAKEN_AWAY = {"Date": None, "Message-ID": "mailjet"}


def give(mail: EmailMultiAlternatives, provider: Provider, *, message_id: str) -> str:
    """Send one message; returns the service's id. Raises Undeliverable, TemporaryFailure or Uncertain."""
    _suit(mail, provider, message_id)
    try:
        get_connection(BACKEND.format(name=provider.name), **_options(provider)).send_messages([mail])
    except (AnymailRecipientsRefused, AnymailInvalidAddress) as error:
        raise BadAddress(_("l’adresse est refusée par le service d’envoi")) from error
    except AnymailAPIError as error:
        raise _translate_error(error) from error
    return _read_id(mail.anymail_status)  # type: ignore[attr-defined]


def _read_id(status: Any) -> str:
    """Return the service's id; raises Undeliverable when it neither accepts nor gives a reason."""
    if status.message_id or status.status <= YES:
        return str(status.message_id or "")
    raise Undeliverable(_("refus du service d’envoi, sans raison lisible"))


def _suit(mail: EmailMultiAlternatives, provider: Provider, message_id: str) -> None:
    for header, only in TAKEN_AWAY.items():
        if only in {None, provider.name}:
            mail.extra_headers.pop(header, None)
    if provider.name == "postmark":
        mail.extra_headers["X-PM-KeepID"] = "true"
    mail.metadata = {"message_id": message_id}  # type: ignore[attr-defined] # comes back in its notices


def _options(provider: Provider) -> dict[str, Any]:
    options = dict(provider.options)
    if provider.name != "amazon_ses":
        return {**options, "timeout": connections.TIMEOUT_S}
    from botocore.config import Config  # heavy, and only for those who use it

    limits = {"connect_timeout": connections.TIMEOUT_S, "read_timeout": connections.TIMEOUT_S}
    return {"client_params": {**options, "config": Config(**limits, retries={"max_attempts": 0})}}


def _translate_error(error: AnymailAPIError) -> Exception:
    """Return the exception that a failed call means for the message."""
    status = _status(error)
    if status is None:
        return _cut(error.__cause__)
    reason = _("refus du service d’envoi : %(status)s") % {"status": status}
    if status in ABOUT_THE_MESSAGE:
        return Undeliverable(reason)
    is_lost = status in ANSWER_LOST or status < 300  # accepted, with a response that we cannot parse
    return (Uncertain if is_lost else TemporaryFailure)(reason)


def _status(error: AnymailAPIError) -> int | None:
    if isinstance(error.response, dict):  # Amazon's
        return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)) or None
    return error.status_code


def _cut(cause: BaseException | None) -> Exception:
    """Return TemporaryFailure when never connected, Uncertain when cut once connected."""
    reason = _("le service d’envoi ne répond pas (%(e)s)") % {"e": type(cause).__name__}
    return (TemporaryFailure if _never_connected(cause) else Uncertain)(reason)


def _never_connected(cause: BaseException | None) -> bool:
    if isinstance(cause, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    if isinstance(cause, requests.ConnectionError):
        reached = getattr(cause.args[0] if cause.args else None, "reason", None)
        return isinstance(reached, NewConnectionError | ConnectTimeoutError)
    return type(cause).__name__ in {"EndpointConnectionError", "ConnectTimeoutError", "SSLError"}  # Amazon's
