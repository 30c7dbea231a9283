"""A request as a portal posts it: the JSON of its form data (« formdata »), with ours under ``extra``.

https://doc-publik.entrouvert.com/dev/wcs/api-webservices/recuperation-des-donnees-d-un-formulaire/: ``url``,
``display_id``, ``fields`` by variable name, ``user``. The names of the fields are the form's own, so the
workflow may add, as the « extra » data of its call, the words of ``POST /api/v1/tickets/``; without them all
fields are read as text.
"""

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from channels_app.contract import Unreadable

MAX_TEXT, MAX_LINE, MAX_DEPTH = 60_000, 10_000, 4
MAX_FILES = 50
HALF = "\\ud"  # begins the escape of half a character, which a portal may cut in two
TWINS = ("_raw", "_structured", "_digests")  # other writings of a field that has its own words
OURS = ("text", "subject", "topic", "maison", "address", "insee", "postal_code", "language", "person")


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file of the form; ``data`` is None when it cannot be read."""

    name: str
    declared_type: str
    data: bytes | None


@dataclass(frozen=True, slots=True)
class FormData:
    """A filled form. ``lines`` are its fields as (name, value), ``extra`` what its workflow adds for us."""

    url: str
    number: str
    title: str
    backoffice_url: str
    user_name: str
    user_mail: str
    lines: tuple[tuple[str, str], ...]
    files: tuple[FormFile, ...]
    extra: dict[str, Any] = field(default_factory=dict)

    def own(self, name: str) -> str:
        """Return one of our words of ``extra``, "" without it."""
        return _text(self.extra.get(name))

    def person(self, name: str) -> Any:
        """Return one value of the person of ``extra``, None without it."""
        return _dict(self.extra.get("person")).get(name)

    @property
    def unknown(self) -> list[str]:
        """Return the names of ``extra`` that say nothing to us: they are told, never dropped in silence."""
        return [_text(name)[:60] for name in self.extra if name not in OURS]


def read_formdata(raw: bytes) -> FormData:
    """Read the bytes of a call; raises Unreadable."""
    written = _object(raw)
    fields, extra = written.get("fields"), written.get("extra")
    if not isinstance(fields, dict) and not isinstance(extra, dict):
        raise Unreadable(_("Ce n’est pas une demande de portail : ses champs manquent."))
    filled = _dict(fields)
    user = _dict(written.get("user"))
    return FormData(
        url=foreign_id(written),
        number=_text(written.get("display_id")),
        title=_text(written.get("display_name")),
        backoffice_url=_text(written.get("backoffice_url")),
        user_name=_text(user.get("name")),
        user_mail=_text(user.get("email")),
        lines=tuple(_lines(filled)),
        files=tuple(_files(filled))[:MAX_FILES],
        extra=_dict(extra),
    )


def foreign_id(written: dict[str, Any]) -> str:
    """Return the address of the request on its portal, which is its identity there; "" when not given."""
    return _text(written.get("url"))


def words_of(raw: bytes) -> tuple[str, Any]:
    """Return the identity of a request and what was said, without what each call changes (N05)."""
    try:
        written = _object(raw)
    except Unreadable:
        return "", ""
    return foreign_id(written), [written.get(name) for name in ("fields", "extra", "user")]


def _object(raw: bytes) -> dict[str, Any]:
    try:
        text = raw.decode(json.detect_encoding(raw), "replace")
        written = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("Cet appel de portail ne peut pas être lu.")) from error
    if not isinstance(written, dict):
        raise Unreadable(_("Cet appel de portail n’est pas une demande."))
    return _replace_halves(written) if HALF in text.lower() else written


def _replace_halves(written: dict[str, Any]) -> dict[str, Any]:
    """Replace halves of characters, in names too: no UTF-8 can write them, nor our database."""
    whole: dict[str, Any] = json.loads(json.dumps(written, ensure_ascii=False).encode("utf-8", "replace"))
    return whole


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _lines(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in _list_fields(fields):
        if not is_file(value) and (said := _as_text(value)):
            yield " ".join(name.replace("_", " ").split())[:100], said


def _list_fields(fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the fields, those without a name of their own too; the twins of a field are left out."""
    for name, value in fields.items():
        if name == "_unnamed" and isinstance(value, dict):
            yield from (("", each) for each in value.values())
        elif not any(name.endswith(end) and name.removesuffix(end) in fields for end in TWINS):
            yield name, value


def _as_text(value: Any, depth: int = 0) -> str:
    """Write a value as text, whatever the kind of its field."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, str | int | float):
        return _text(value)[:MAX_LINE]
    if depth >= MAX_DEPTH or not value:
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, (_as_text(each, depth + 1) for each in value)))[:MAX_LINE]
    if isinstance(value, dict):
        return ", ".join(filter(None, (_as_text(each, depth + 1) for each in value.values())))[:MAX_LINE]
    return ""


def _text(value: Any) -> str:
    return str(value).replace("\0", "").strip() if isinstance(value, str | int | float) else ""


def is_file(value: Any) -> bool:
    """Tell whether a field is a file: a name, and its bytes in base64."""
    return isinstance(value, dict) and isinstance(value.get("filename"), str)


def _files(fields: dict[str, Any]) -> Iterator[FormFile]:
    for _name, value in _list_fields(fields):
        if is_file(value):
            yield FormFile(
                name=_text(value["filename"]) or _("fichier"),
                declared_type=_text(value.get("content_type")),
                data=_bytes(value.get("content")),
            )


def _bytes(content: Any) -> bytes | None:
    try:
        return base64.b64decode(content, validate=False) if isinstance(content, str) else None
    except (binascii.Error, ValueError):
        return None
