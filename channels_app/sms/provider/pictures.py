"""Pictures of an SMS, from the provider alone (threats: W08).

No URL in a call is followed: the list is fetched by the message's id, each URL is built from three ids. The
provider may redirect to the storage hosts that it documents, once, without our token:
https://www.twilio.com/docs/messaging/api/media-resource.
"""

import re
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
from django.utils.translation import gettext as _

from channels_app.contract import TemporaryFailure
from channels_app.sms.provider.accounts import TIMEOUT_S, Account, client_of
from channels_app.sms.provider.sending import cut, translate_errors

MAX_PICTURES = 10  # Twilio's own limit
MAX_BYTES = 5 * 1024 * 1024  # of one picture; Twilio takes in no more
MAX_SECONDS = 30.0
CHUNK = 64 * 1024
CLIMBS = re.compile(r"\.\.|%2e|\\", re.IGNORECASE)
MEDIA = re.compile(r"ME[0-9a-f]{32}")
STORES = {
    "media.twiliocdn.com": "/",
    "mms.twiliocdn.com": "/",
    "s3-external-1.amazonaws.com": "/media.twiliocdn.com/",
}
MOVED = {301, 302, 303, 307, 308}
NEVER = {400, 404, 410}


class PictureLost(Exception):
    """This picture cannot be had; the text says why."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture at the provider; its type is the sender's claim."""

    sid: str
    declared_type: str


def pictures_of(account: Account, message_sid: str) -> list[Picture]:
    """Return the pictures of a message, by its id, in the provider's order; raises TemporaryFailure."""
    with translate_errors(cut):
        found = client_of(account).messages(message_sid).media.list(limit=MAX_PICTURES)
        listed = [Picture(str(each.sid), str(each.content_type or "")) for each in found]
    return [picture for picture in listed if MEDIA.fullmatch(picture.sid)]


def fetch_picture(account: Account, message_sid: str, picture: Picture) -> bytes:
    """Return the bytes of one picture; raises Lost or TemporaryFailure."""
    messages = f"{account.base.rstrip('/')}/2010-04-01/Accounts/{account.sid}/Messages"
    url, end = f"{messages}/{message_sid}/Media/{picture.sid}", time.monotonic() + MAX_SECONDS
    try:
        with requests.Session() as line:
            answer = _request(line, url, (account.sid, account.token))
            if answer.status_code in MOVED:
                answer = _follow_redirect(line, url, answer, account)
            return _read(answer, end)
    except requests.RequestException as error:
        raise cut(error) from error


def _request(line: requests.Session, url: str, auth: tuple[str, str] | None) -> requests.Response:
    return line.get(url, auth=auth, timeout=TIMEOUT_S, stream=True, allow_redirects=False)


def _follow_redirect(
    line: requests.Session, url: str, answer: requests.Response, account: Account
) -> requests.Response:
    """Follow one redirect, to a known host; our token goes to the provider's own server only."""
    target = urljoin(url, answer.headers.get("Location", ""))
    answer.close()
    if is_same_server(target, account.base):
        return _request(line, target, (account.sid, account.token))
    if is_a_store(target):
        return _request(line, target, None)
    raise PictureLost(_("l’opérateur l’a mise à une adresse inconnue"))


def is_a_store(url: str) -> bool:
    """Return whether a URL is exactly where the provider documents that it stores pictures."""
    try:
        parts = urlsplit(url)
        place = STORES.get(parts.hostname or "")
        is_plain = parts.scheme == "https" and parts.port in {None, 443} and "@" not in parts.netloc
    except ValueError:
        return False
    is_inside = place is not None and parts.path.startswith(place)
    return is_plain and is_inside and not CLIMBS.search(parts.path)


def is_same_server(url: str, base: str) -> bool:
    """Return whether it is the API's server, with the same scheme."""
    try:
        ours, theirs = urlsplit(base), urlsplit(url)
        return (ours.scheme, ours.hostname, ours.port) == (theirs.scheme, theirs.hostname, theirs.port) and (
            "@" not in theirs.netloc
        )
    except ValueError:
        return False


def _read(answer: requests.Response, end: float) -> bytes:
    """Read a bounded size, for a bounded time."""
    with answer:
        if answer.status_code in MOVED:
            raise PictureLost(_("l’opérateur l’a mise à une adresse inconnue"))
        if answer.status_code in NEVER:
            raise PictureLost(_("l’opérateur ne l’a plus"))
        if not answer.ok:
            raise TemporaryFailure(_("refus du service de SMS : %(status)s") % {"status": answer.status_code})
        data = bytearray()
        for piece in answer.iter_content(CHUNK):
            data += piece
            if len(data) > MAX_BYTES:
                raise PictureLost(_("elle dépasse 5 Mo"))
            if time.monotonic() > end:
                raise TemporaryFailure(_("le service de SMS est trop lent"))
    return bytes(data)
