"""Postmark's inbound call: JSON, with a user and a password."""

import base64
import binascii
from typing import Any

from django.http import HttpRequest

from channels_app.mail.webhooks.body import Body
from channels_app.mail.webhooks.json_body import dicts, read_json, text_of
from channels_app.mail.webhooks.locks import check_basic
from channels_app.mail.webhooks.parcels import Malformed, Parcel, Piece

RETURN_PATH = "return-path"


class Postmark:
    name = "postmark"

    def check_caller(self, request: HttpRequest, secret: str) -> None:
        check_basic(request, secret)

    def check_body(self, body: Body, secret: str, now: float) -> str:
        """Return "": all was checked before, and a call has no token."""
        return ""

    def parcel(self, data: bytes, *, is_cut: bool = False) -> Parcel:
        """Parse the call; raises Malformed. Of one that is cut, return the fields before the cut."""
        told = read_json(data, is_cut=is_cut)
        headers, return_path = _headers(told)
        raw = told.get("RawEmail")
        return Parcel(
            recipients=_recipients(told),
            headers=headers,
            text=text_of(told, "TextBody"),
            html=text_of(told, "HtmlBody"),
            files=tuple(map(_piece, dicts(told, "Attachments"))),
            mime=raw.encode("utf-8", "replace") if raw and isinstance(raw, str) else None,
            return_path=return_path,
        )


def _recipients(told: dict[str, Any]) -> tuple[str, ...]:
    named = [text_of(box, "Email") for name in ("To", "Cc", "Bcc") for box in dicts(told, f"{name}Full")]
    return (text_of(told, "OriginalRecipient"), *named)


def _headers(told: dict[str, Any]) -> tuple[tuple[tuple[str, str], ...], str | None]:
    """Return the header, with what Postmark takes out of it, and the sender of the envelope.

    It puts a Return-Path first; one anywhere else was written by the sender of the mail.
    """
    listed = [(text_of(item, "Name"), text_of(item, "Value")) for item in dicts(told, "Headers")]
    is_told = bool(listed) and listed[0][0].lower() == RETURN_PATH
    return_path = listed[0][1].strip(" <>") if is_told else None
    kept = [(name, value) for name, value in listed if name.lower() != RETURN_PATH]
    known = {name.lower() for name, _value in kept}
    apart = {
        "From": _mailboxes(told, "From"),
        "To": _mailboxes(told, "To"),
        "Cc": _mailboxes(told, "Cc"),
        "Reply-To": text_of(told, "ReplyTo"),
        "Subject": text_of(told, "Subject"),
        "Date": text_of(told, "Date"),
    }
    added = [(name, value) for name, value in apart.items() if value and name.lower() not in known]
    return (*added, *kept), return_path


def _mailboxes(told: dict[str, Any], name: str) -> str:
    full = told.get(f"{name}Full")
    boxes = [full] if isinstance(full, dict) else dicts(told, f"{name}Full")
    return ", ".join(map(_mailbox, boxes)) or text_of(told, name)


def _mailbox(box: dict[str, Any]) -> str:
    name = text_of(box, "Name").replace("\\", "\\\\").replace('"', '\\"')
    address = f"<{text_of(box, 'Email')}>"
    return f'"{name}" {address}' if name else address


def _piece(attached: dict[str, Any]) -> Piece:
    """Return a file; real calls say Content, Postmark's own test says Data."""
    coded = text_of(attached, "Content") or text_of(attached, "Data")
    try:
        data = base64.b64decode(coded + "==")  # more padding than needed is harmless
    except (binascii.Error, ValueError) as error:
        raise Malformed("Une pièce jointe du prestataire est illisible.") from error
    name, kind = text_of(attached, "Name"), text_of(attached, "ContentType")
    return Piece(name, kind, data, text_of(attached, "ContentID"))
