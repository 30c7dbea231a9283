"""The signature of an address, in its query: orig, algo, timestamp, nonce, then signature (threats: S01).

https://doc-publik.entrouvert.com/dev/wcs/api-webservices/authentification/: the HMAC of the whole query
before ``&signature=``, in base64. It covers no body, so each signature is accepted once.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, quote, urlencode, urlsplit, urlunsplit

MAX_SKEW = timedelta(minutes=5)  # they allow 30 s, whose clocks are one company's: ours and theirs are not
MAX_QUERY, MAX_FIELDS = 4_000, 50
ALGORITHMS = {"sha256": hashlib.sha256, "sha512": hashlib.sha512}
STAMP = "%Y-%m-%dT%H:%M:%SZ"
LAST = "&signature="


class Forbidden(Exception):
    """The caller is no portal that we know."""


@dataclass(frozen=True, slots=True)
class Signed:
    """An authentic query: who signed it, its other values, and what makes it unique."""

    orig: str
    values: dict[str, str]
    digest: str


def sign(url: str, *, orig: str, key: str, at: datetime, nonce: str) -> str:
    """Return an address with its signature at the end."""
    scheme, netloc, path, query, _fragment = urlsplit(url)
    stamp = at.astimezone(UTC).strftime(STAMP)
    ours = urlencode({"orig": orig, "algo": "sha256", "timestamp": stamp, "nonce": nonce})
    unsigned = f"{query}&{ours}" if query else ours
    signature = base64.b64encode(_mac(unsigned, key, "sha256")).decode()
    return urlunsplit((scheme, netloc, path, unsigned + LAST + quote(signature, safe=""), ""))


def check(query: str, *, key_of: Callable[[str], str], at: datetime) -> Signed:
    """Check a signed query; raises Forbidden. ``key_of`` gives the signer's key, "" for an unknown signer."""
    unsigned, _last, signature = query.partition(LAST)
    if len(query) > MAX_QUERY or not signature or "&" in signature or not query.isascii():
        raise Forbidden
    values, given = _values(unsigned), _values(f"signature={signature}").get("signature", "")
    key = key_of(values.get("orig", ""))
    algorithm = values.get("algo", "")
    if not key or algorithm not in ALGORITHMS:
        raise Forbidden
    if not hmac.compare_digest(_decode(given), _mac(unsigned, key, algorithm)):
        raise Forbidden
    if abs(at - _instant(values.get("timestamp", ""))) > MAX_SKEW:
        raise Forbidden
    return Signed(values["orig"], values, hashlib.sha256(query.encode()).hexdigest())


def _mac(text: str, key: str, algorithm: str) -> bytes:
    return hmac.new(key.encode(), text.encode(), ALGORITHMS[algorithm]).digest()


def _values(query: str) -> dict[str, str]:
    """Return the values by name; a name given twice says nothing that can be trusted."""
    try:
        found = parse_qs(query, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise Forbidden from error
    if any(len(each) != 1 for each in found.values()):
        raise Forbidden
    return {name: each[0] for name, each in found.items()}


def _decode(signature: str) -> bytes:
    try:
        return base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Forbidden from error


def _instant(stamp: str) -> datetime:
    try:
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError as error:
        raise Forbidden from error
