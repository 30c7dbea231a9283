"""Creates, finds and follows messages; translates what the client raises (threats: O01, O03)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import requests
from django.utils.translation import gettext as _
from twilio.base.exceptions import TwilioException, TwilioRestException
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from channels_app.contract import BadAddress, TemporaryFailure, Uncertain, Undeliverable
from channels_app.sms.provider.accounts import Account, client_of
from channels_app.sms.statuses import REASONS, REFUSED_BY_PERSON

ABOUT_THE_MESSAGE = range(400, 500)
OURS_TO_MEND = {401, 403, 404, 408, 429}  # the account, the address of the server, too many at once
ANSWER_LOST = {500, 502, 504}  # it may have been created anyway
MAX_LOOKED_AT = 50
SKEW = timedelta(hours=3)  # a clock may be an hour wrong, in winter or in summer (threats: F09)
PAGE = 200
NOT_COMPLETE, GONE = 20009, 404


class RefusedByPerson(Undeliverable):
    """The holder of this number sent STOP to the provider."""


def create(account: Account, *, to: str, text: str, callback: str) -> str:
    """Send one SMS and return its id; raises as Outbound.send does."""
    with translate_errors(_cut_while_creating):
        made = client_of(account).messages.create(
            to=to, body=text, status_callback=callback, **_sender(account)
        )
    return str(made.sid)


def find(account: Account, *, to: str, is_it: Callable[[Any], bool]) -> str:
    """Return the id of the newest matching message to this number, or ""; raises TemporaryFailure."""
    with translate_errors(cut):
        found = client_of(account).messages.list(to=to, limit=MAX_LOOKED_AT, page_size=MAX_LOOKED_AT)
    return next((str(message.sid) for message in found if is_it(message)), "")


def is_the_one(message: Any, *, text: str, since: datetime) -> bool:
    """Return whether a listed message has this text and is not of another day.

    Not « is not older »: with one clock an hour wrong, that sent it twice (threats: I8).
    """
    is_ours = str(message.direction).startswith("outbound")
    made = message.date_created
    return is_ours and (message.body or "").strip() == text.strip() and (made is None or made > since - SKEW)


def listed_since(account: Account, since: datetime, most: int) -> list[Any]:
    """Return what was received since then, newest first; raises TemporaryFailure."""
    filters: dict[str, Any] = {"date_sent_after": since}
    if account.sender.startswith("+"):
        filters["to"] = account.sender
    with translate_errors(cut):
        messages = client_of(account).messages.stream(page_size=PAGE, **filters)
        return [each for each in islice(messages, most) if each.direction == "inbound"]


def listed_before(account: Account, before: datetime) -> Iterator[Any]:
    """Yield what was sent before then, both ways, newest first, page by page; raises TemporaryFailure."""
    is_number = account.sender.startswith("+")
    for narrowed in ({"from_": account.sender}, {"to": account.sender}) if is_number else ({},):
        with translate_errors(cut):
            yield from client_of(account).messages.stream(date_sent_before=before, page_size=PAGE, **narrowed)


def erase(account: Account, sid: str) -> bool:
    """Delete one message there; False when the operator refuses for now. Raises TemporaryFailure."""
    try:
        client_of(account).messages(sid).delete()
    except TwilioRestException as error:
        if error.code == NOT_COMPLETE or error.status == GONE:
            return False
        raise _translate_refusal(error, is_creating=False) from error
    except requests.RequestException as error:
        raise cut(error) from error
    return True


def status_of(account: Account, sid: str) -> tuple[str, str]:
    """Return Twilio's status and error code for one message; raises TemporaryFailure."""
    with translate_errors(cut):
        message = client_of(account).messages(sid).fetch()
    return str(message.status), str(message.error_code or "")


def _sender(account: Account) -> dict[str, str]:
    name = "messaging_service_sid" if account.sender.startswith("MG") else "from_"
    return {name: account.sender}


@contextmanager
def translate_errors(line_cut: Callable[[requests.RequestException], Exception]) -> Iterator[None]:
    """Translate the client's errors; ``line_cut`` says what a broken connection means."""
    try:
        yield
    except TwilioRestException as error:
        raise _translate_refusal(error, line_cut is _cut_while_creating) from error
    except requests.RequestException as error:
        raise line_cut(error) from error
    except (TwilioException, ValueError, KeyError, TypeError) as error:  # a response we cannot parse
        words = _("réponse illisible du service de SMS")
        raise (Uncertain if line_cut is _cut_while_creating else TemporaryFailure)(words) from error


def _translate_refusal(error: TwilioRestException, is_creating: bool) -> Exception:
    """Return the exception that a refusal means for the message."""
    code = error.code or 0
    why, is_address = REASONS.get(code, (None, False))
    if code == REFUSED_BY_PERSON:
        return RefusedByPerson(str(why))
    if error.status in ABOUT_THE_MESSAGE and error.status not in OURS_TO_MEND:
        reason = str(why) if why else _("refus du service de SMS (code %(code)s)") % {"code": code}
        return (BadAddress if is_address else Undeliverable)(reason)
    words = _("refus du service de SMS : %(status)s") % {"status": error.status}
    return (Uncertain if is_creating and error.status in ANSWER_LOST else TemporaryFailure)(words)


def cut(error: requests.RequestException) -> Exception:
    """Return TemporaryFailure: a read may be tried again later."""
    return TemporaryFailure(_("le service de SMS ne répond pas (%(e)s)") % {"e": type(error).__name__})


def _cut_while_creating(error: requests.RequestException) -> Exception:
    """Return TemporaryFailure when never connected, Uncertain when cut once connected."""
    later = cut(error)
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return later
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    is_never = isinstance(reason, NewConnectionError | ConnectTimeoutError)
    return later if is_never else Uncertain(str(later))
