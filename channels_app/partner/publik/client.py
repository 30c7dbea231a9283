"""Calls of ours to a portal: create a request, look for it, read where it is; and what its answers mean."""

import json
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import requests
from django.utils import timezone
from django.utils.translation import gettext as _
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from channels_app.contract import TemporaryFailure, Uncertain, Undeliverable
from channels_app.partner.publik.line import BoundedLine
from channels_app.partner.publik.portals import Portal
from channels_app.partner.publik.signing import sign

TIMEOUT_S = 10.0
MAX_ANSWER = 5_000_000
ABOUT_THE_REQUEST = range(400, 500)
OURS_TO_FIX = {401, 403, 404, 405, 408, 429}  # the key, the address of the form, its roles, too many at once
ANSWER_LOST = {500, 502, 504}  # it may have been created anyway


def submit(portal: Portal, slug: str, written: dict[str, Any]) -> dict[str, Any]:
    """Create a request and return its ``data``; raises as Outbound.send does.

    https://doc-publik.entrouvert.com/dev/wcs/api-webservices/completion-et-modification-d-un-formulaire
    """
    url = f"{portal.base}/api/formdefs/{slug}/submit"
    status, answer = _call(portal, "POST", url, lost=_cut_while_creating, body=written)
    if status in ABOUT_THE_REQUEST and status not in OURS_TO_FIX:
        raise Undeliverable(_("le portail refuse la demande (%(why)s)") % {"why": _reason(status, answer)})
    if status in ANSWER_LOST:
        raise Uncertain(_describe_refusal(status, answer))
    if status >= 300:  # a redirection too: what is signed goes to one address
        raise TemporaryFailure(_describe_refusal(status, answer))
    if not isinstance(answer, dict):
        raise Uncertain(_("réponse illisible du portail"))
    if answer.get("err"):
        raise Undeliverable(_("le portail refuse la demande (%(why)s)") % {"why": _reason(status, answer)})
    data = answer.get("data")
    return data if isinstance(data, dict) else {}


def find(portal: Portal, slug: str, *, name: str, value: str) -> list[Any] | None:
    """List the requests of a form whose field has this value; None where the form has no such field.

    https://doc-publik.entrouvert.com/dev/wcs/api-webservices/recuperation-des-donnees-d-un-formulaire
    """
    query = urlencode({f"filter-{name}": value, "full": "on", "include-files-content": "off"})
    status, answer = _call(portal, "GET", f"{portal.base}/api/forms/{slug}/list?{query}")
    if status == 400:
        return None
    if status != 200 or not isinstance(answer, list):
        raise TemporaryFailure(_describe_refusal(status, answer))
    return answer


def fetch(portal: Portal, url: str) -> dict[str, Any] | None:
    """Read a request by its address; None when it is no longer there. Raises TemporaryFailure."""
    query = "include-files-content=off&include-evolution=off"
    status, answer = _call(portal, "GET", f"{url}?{query}")
    if status in {404, 410}:
        return None
    if status != 200 or not isinstance(answer, dict):
        raise TemporaryFailure(_describe_refusal(status, answer))
    return answer


def _call(
    portal: Portal,
    method: str,
    url: str,
    *,
    lost: Callable[[Exception], Exception] | None = None,
    body: dict[str, Any] | None = None,
) -> tuple[int, Any]:
    """Make one signed call; no proxy of the environment, no redirection (threats: W08).

    A signature is of the moment it is made, whatever instant is acted: the portal compares it with its clock.
    """
    signed = sign(url, orig=portal.orig, key=portal.key, at=timezone.now(), nonce=uuid.uuid4().hex)
    try:
        with requests.Session() as line:
            line.trust_env = False
            bounded = BoundedLine()
            line.mount("https://", bounded)
            line.mount("http://", bounded)
            with line.request(
                method,
                signed,
                json=body,
                headers={"Accept": "application/json"},
                timeout=TIMEOUT_S,
                allow_redirects=False,
                stream=True,
            ) as answer:
                return answer.status_code, _read(answer)
    except (requests.RequestException, HTTPError) as error:
        raise (lost or _cut)(error) from error


def _read(answer: requests.Response) -> Any:
    """Return the JSON of an answer, None when it is none or too long."""
    content = answer.raw.read(MAX_ANSWER + 1, decode_content=True)
    try:
        return json.loads(content) if len(content) <= MAX_ANSWER else None
    except (ValueError, RecursionError):
        return None


def _cut(error: Exception) -> Exception:
    return TemporaryFailure(_("le portail ne répond pas (%(e)s)") % {"e": type(error).__name__})


def _cut_while_creating(error: Exception) -> Exception:
    """Return TemporaryFailure when never connected, Uncertain when cut once connected."""
    later = _cut(error)
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return later
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    is_never = isinstance(reason, NewConnectionError | ConnectTimeoutError)
    return later if is_never else Uncertain(str(later))


def _describe_refusal(status: int, answer: Any) -> str:
    return _("refus du portail : %(why)s") % {"why": _reason(status, answer)}


def _reason(status: int, answer: Any) -> str:
    """Return the status, and what the portal says of it, on one short line."""
    said = answer.get("err_desc") if isinstance(answer, dict) else ""
    words = " ".join(said.split())[:100] if isinstance(said, str) else ""
    return f"{status}, {words}" if words else str(status)
