"""Mailgun's inbound call: a form with a signature; the whole mail when the route's URL ends in /mime."""

import hashlib
import json
import re
from typing import Any

from django.http import HttpRequest

from channels_app.mail.webhooks.body import Body
from channels_app.mail.webhooks.forms import Form, PostedFile, read_form
from channels_app.mail.webhooks.locks import check_mailgun
from channels_app.mail.webhooks.parcels import Forbidden, Malformed, Parcel, Piece

SIGNED = ("timestamp", "token", "signature")  # differ at each try of the same mail
BETWEEN = re.compile(r"[,;\s]+")
ATTACHED = re.compile(r"attachment-(\d{1,4})")


class Mailgun:
    name = "mailgun"

    def check_caller(self, request: HttpRequest, secret: str) -> None:
        """Accept any caller: the proof is in the form itself."""

    def check_body(self, body: Body, secret: str, now: float) -> str:
        """Return the token of a valid signature; raises Forbidden."""
        return check_mailgun(_signature_fields(body), secret, now)

    def parcel(self, data: bytes, *, is_cut: bool = False) -> Parcel:
        """Parse the form; raises Malformed. Of one that is cut, return the fields before the cut."""
        form = read_form(data)
        if "attachments" in form.fields:
            raise Malformed("La route de Mailgun garde les pièces jointes (store) : réglez-la sur forward.")
        headers = _headers(form)
        is_html_only = any(n.lower() == "content-type" and "text/html" in v.lower() for n, v in headers)
        return Parcel(
            recipients=(*_split_addresses(form.text("recipient")), *_split_addresses(form.text("To"))),
            headers=headers,
            # For a mail in HTML alone it adds a text of its own, which the same mail by SMTP does not have.
            text="" if is_html_only and form.fields.get("body-html") else form.text("body-plain"),
            html=form.text("body-html"),
            files=_pieces(form),
            mime=form.fields.get("body-mime"),
            return_path=form.text("sender").strip(" <>") if "sender" in form.fields else None,
            key=_key(form),
        )


def _signature_fields(body: Body) -> dict[str, str]:
    """Return the fields of the signature, wherever they are in the form."""
    found: dict[str, str] = {}
    for data in (body.data, _mended_tail(body)):
        try:
            form = read_form(data)
        except Malformed as error:
            raise Forbidden from error
        found |= {name: form.text(name) for name in SIGNED if name in form.fields}
    return found


def _mended_tail(body: Body) -> bytes:
    """Return the end of a form that was too long, from its first complete field."""
    if not body.data.startswith(b"--"):
        return body.tail.partition(b"&")[2]
    boundary = body.data[: body.data.find(b"\r\n")]
    at = body.tail.find(b"\r\n" + boundary + b"\r\n")
    return body.tail[at + 2 :] if at >= 0 else b""


def _headers(form: Form) -> tuple[tuple[str, str], ...]:
    """Return the whole header, which Mailgun gives as a list of pairs, else the fields that repeat it."""
    pairs = _json(form, "message-headers")
    if isinstance(pairs, list):
        good = (pair for pair in pairs if isinstance(pair, list) and len(pair) == 2)
        return tuple((str(name), str(value)) for name, value in good)
    named = (("From", "from"), ("To", "To"), ("Subject", "subject"), ("Message-Id", "Message-Id"))
    return tuple((header, form.text(name)) for header, name in named if name in form.fields)


def _pieces(form: Form) -> tuple[Piece, ...]:
    numbered = sorted(
        (int(found[1]), file) for file in form.files if (found := ATTACHED.fullmatch(file.field))
    )
    return tuple(_piece(file, _content_ids(form).get(file.field, "")) for _number, file in numbered)


def _piece(file: PostedFile, content_id: str) -> Piece:
    return Piece(file.name, file.content_type, file.data, content_id)


def _content_ids(form: Form) -> dict[str, str]:
    """Map the field of a file to the content id by which the HTML shows it."""
    shown = _json(form, "content-id-map")
    return {str(field): str(name) for name, field in shown.items()} if isinstance(shown, dict) else {}


def _json(form: Form, name: str) -> Any:
    try:
        return json.loads(form.fields.get(name, b"null"))
    except (ValueError, RecursionError):
        return None


def _split_addresses(addresses: str) -> list[str]:
    return [address.strip(" <>") for address in BETWEEN.split(addresses) if "@" in address]


def _key(form: Form) -> str:
    """Return a key that is the same when the mail comes again: without signature and boundary."""
    digest = hashlib.sha256()
    for name, value in sorted(form.fields.items()):
        if name not in SIGNED:
            digest.update(b"%d %d " % (len(name), len(value)) + name.encode("utf-8", "replace") + value)
    return f"mailgun {digest.hexdigest()}"
