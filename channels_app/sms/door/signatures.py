"""Whether a call is Twilio's: X-Twilio-Signature over the public address and the values (threats: S01).

The validator is Twilio's own, which compares in constant time and knows both ways to write a port. It only
gets what it supports: a raw body whose hash is not in the address would make it raise.
"""

from urllib.parse import parse_qs, parse_qsl, urlsplit

from twilio.request_validator import RequestValidator

MAX_FIELDS = 200


class Fields(dict[str, list[str]]):
    """Values as they were signed: nothing is trimmed, a repeated name has all its values."""

    def getlist(self, name: str) -> list[str]:
        """Return all values of a name, for the validator."""
        return self[name]

    def one(self, name: str) -> str:
        """Return the last value of a name without NUL, "" if absent."""
        return self.get(name, [""])[-1].replace("\0", "")


def fields_of(body: bytes) -> Fields:
    """Parse a form; raises ValueError when it is not one."""
    fields = Fields()
    text = body.decode("utf-8")
    for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS):
        fields.setdefault(name, []).append(value)
    return fields


def is_authentic(*, url: str, body: bytes, is_form: bool, signature: str, token: str) -> bool:
    """Check one call; never true without a token, never raises."""
    if not token or not signature.isascii():
        return False
    try:
        signed = fields_of(body) if is_form else _text_of_hashed(url, body)
    except ValueError:
        return False
    return signed is not None and bool(RequestValidator(token).validate(url, signed, signature))


def _text_of_hashed(url: str, body: bytes) -> str | None:
    """Return the text of a body that is signed by its hash in the address; None without a hash."""
    return body.decode("utf-8") if "bodySHA256" in parse_qs(urlsplit(url).query) else None
