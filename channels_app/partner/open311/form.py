"""The form of a POST of GeoReport v2: what it says, or every reason why it cannot be taken."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from requests_app.lib import phones
from requests_app.lib.text import mail_address
from requests_app.maisons.mapping import Point
from requests_app.maisons.points import is_far_away

API_KEY = "api_key"
MAX_FIELDS = 100
ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,60})\](?:\[\])?")
DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,20})?", re.ASCII)
MAX_LENGTHS = {
    "service_code": 50,
    "description": 4_000,  # as the standard says
    "address_string": 200,
    "email": 254,
    "phone": 40,
    "first_name": 80,
    "last_name": 80,
    "media_url": 2_000,
}
MAX_ATTRIBUTE, MAX_NAME = 1_000, 60
KNOWN = MAX_LENGTHS.keys() | {"lat", "long", "jurisdiction_id"}  # there is one jurisdiction
_is_url = URLValidator(schemes=["http", "https"])


class WrongForm(ValueError):
    """What cannot be taken; ``reasons`` are sentences that say what to send instead."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports; ``point`` is its longitude and latitude.

    ``more``: the attributes, and the fields that we do not know: agents read them.
    """

    service_code: str
    description: str
    point: Point | None
    address: str
    email: str
    phone: str
    given_name: str
    family_name: str
    media_url: str
    more: tuple[tuple[str, str], ...]


def split_key(body: bytes) -> tuple[str, bytes]:
    """Return the key of a form, and the form without it: the secret is stored nowhere. Raises WrongForm."""
    pairs = _pairs(body)
    keys = [value for name, value in pairs if name == API_KEY]
    rest = urlencode([(name, value) for name, value in pairs if name != API_KEY])
    return (keys[0].strip() if len(keys) == 1 else ""), rest.encode("ascii")


def read_report(body: bytes) -> Report:
    """Read a form without its key; raises WrongForm with all that is wrong at once."""
    pairs = _pairs(body)
    given = {name: _clean(value) for name, value in pairs if not ATTRIBUTE.fullmatch(name)}
    more = [(name, _clean(value)) for name, value in pairs if name not in KNOWN]
    reasons = [*_too_long(given, more), *_twice(pairs), *_wrong_values(given)]
    point, wrong = _read_point(given)
    if reasons := [*reasons, *wrong]:
        raise WrongForm(*reasons)
    return Report(
        service_code=given.get("service_code", ""),
        description=given.get("description", ""),
        point=point,
        address=" ".join(given.get("address_string", "").split()),
        email=mail_address(given.get("email", "")),
        phone=phones.e164(given.get("phone", "")),
        given_name=" ".join(given.get("first_name", "").split()),
        family_name=" ".join(given.get("last_name", "").split()),
        media_url=given.get("media_url", ""),
        more=tuple((_shown_name(name), value) for name, value in more if value),
    )


def _pairs(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS
        )
    except UnicodeDecodeError:
        raise WrongForm(_("Écrivez le formulaire en UTF-8.")) from None
    except ValueError:
        raise WrongForm(_("Écrivez 100 champs au plus.")) from None


def _clean(value: str) -> str:
    """Remove what nobody types: control characters, halves of characters."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def _shown_name(name: str) -> str:
    """Return the name of an attribute as agents read it, or that of a field of another kind."""
    match = ATTRIBUTE.fullmatch(name)
    return _clean(match[1] if match else name)


def _too_long(given: dict[str, str], more: list[tuple[str, str]]) -> Iterator[str]:
    sizes = [(name, len(given.get(name, "")), most) for name, most in MAX_LENGTHS.items()]
    sizes += [(name[:MAX_NAME], len(value), MAX_ATTRIBUTE) for name, value in more]
    if any(len(_shown_name(name)) > MAX_NAME for name, _value in more):
        yield _("Donnez aux champs des noms de 60 caractères au plus.")
    for name, size, most in sizes:
        if size > most:
            yield _("« %(name)s » est trop long : %(most)s caractères au plus.") % {
                "name": name,
                "most": most,
            }


def _twice(pairs: list[tuple[str, str]]) -> Iterator[str]:
    names = [name for name, _value in pairs]
    for name in MAX_LENGTHS.keys() | {"lat", "long"}:
        if names.count(name) > 1:
            yield _("« %(name)s » est écrit deux fois.") % {"name": name}


def _wrong_values(given: dict[str, str]) -> Iterator[str]:
    if given.get("email"):
        try:
            validate_email(mail_address(given["email"]))
        except ValidationError:
            yield _("« email » n’est pas une adresse e-mail.")
    if given.get("phone") and not phones.e164(given["phone"][:40]):
        yield _("« phone » n’est pas un numéro de téléphone.")
    if given.get("media_url"):
        try:
            _is_url(given["media_url"])
        except ValidationError:
            yield _("« media_url » n’est pas une adresse http ou https.")


def _read_point(given: dict[str, str]) -> tuple[Point | None, list[str]]:
    """Return where it is, or why that cannot be read; an address alone gives no point."""
    lat, long = given.get("lat", ""), given.get("long", "")
    if not lat and not long:
        has_address = bool(given.get("address_string"))
        return None, [] if has_address else [_("Donnez « lat » et « long », ou « address_string ».")]
    if not lat or not long:
        return None, [_("Donnez « lat » et « long » ensemble.")]
    if not DEGREES.fullmatch(lat) or not DEGREES.fullmatch(long):
        return None, [_("Écrivez « lat » et « long » en degrés, par exemple 45.7640 et 4.8357.")]
    point = (float(long), float(lat))
    if abs(point[0]) > 180 or abs(point[1]) > 90:
        return None, [_("Écrivez « lat » et « long » en degrés, par exemple 45.7640 et 4.8357.")]
    return (None, [_("Ce lieu est hors du territoire.")]) if is_far_away(point) else (point, [])
