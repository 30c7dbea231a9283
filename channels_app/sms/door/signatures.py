"""Whether a call is Twilio's: X-Twilio-Signature over the public address and the values (threats: S01).

The validator is Twilio's own, which compares in constant time and knows both ways to write a port. It is
given only what it understands: a raw body whose hash is not in the address would make it raise.
"""

from urllib.parse import parse_qs, parse_qsl, urlsplit

from twilio.request_validator import RequestValidator

MAX_FIELDS = 200


class Fields(dict[str, list[str]]):
    """Values as they were signed: nothing is trimmed, repeated names keep all of theirs."""

    def getlist(self, name: str) -> list[str]:
        """Return what the validator asks of a form."""
        return self[name]

    def one(self, name: str) -> str:
        """The last value of a name, "" without one; PostgreSQL keeps no NUL."""
        return self.get(name, [""])[-1].replace("\0", "")


def fields_of(body: bytes) -> Fields:
    """Read a form; raises ValueError when it is not one."""
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
    """Return a body that is no form is signed by its hash in the address; None without one."""
    return body.decode("utf-8") if "bodySHA256" in parse_qs(urlsplit(url).query) else None
