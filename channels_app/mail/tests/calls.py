"""The calls of providers, made from a mail as they make them: rebuilt, decoded, re-encoded."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any, cast

HERE = "accueil@demande.invalid"
KEYS = {"postmark": "nom:clef", "mailgun": "clef-mailgun"}
BASIC = "Basic " + base64.b64encode(KEYS["postmark"].encode()).decode()


def postmark(raw: bytes, *, to: str = HERE, sender: str = "amina@exemple.fr", **more: Any) -> bytes:
    """Postmark's JSON: texts decoded, attachments apart, MIME headers gone, lines ended by LF."""
    mail = _read(raw)
    boxes = [_box(name, address) for name, address in getaddresses([mail.get("From", "")])]
    headers = [{"Name": "Return-Path", "Value": f"<{sender}>"}]
    headers += [{"Name": n, "Value": str(v)} for n, v in mail.items() if n.lower() not in APART]
    told = {
        "FromFull": boxes[0] if boxes else _box("", ""),
        "ToFull": [_box("", to)],
        "OriginalRecipient": to,
        "Subject": mail.get("Subject", ""),
        "MessageID": secrets.token_hex(16),
        "TextBody": _text(mail, "plain").replace("\r\n", "\n"),
        "HtmlBody": _text(mail, "html"),
        "Headers": headers,
        "Attachments": [_attachments(part) for part in mail.iter_attachments()],
        **more,
    }
    return json.dumps(told).encode()


APART = {"from", "to", "subject", "content-type", "content-transfer-encoding", "mime-version"}


def mailgun(
    raw: bytes,
    *,
    to: str = HERE,
    sender: str = "amina@exemple.fr",
    is_mime: bool = False,
    signed: dict[str, str] | None = None,
) -> bytes:
    """Mailgun's form; whole when its route ends in /mime."""
    mail = _read(raw)
    fields: dict[str, bytes] = {"recipient": to.encode(), "sender": sender.encode()}
    if is_mime:
        fields["body-mime"] = raw
    else:
        fields["message-headers"] = json.dumps([[n, str(v)] for n, v in mail.items()]).encode()
        html = _text(mail, "html")
        fields["body-plain"] = (_text(mail, "plain") or (f"*{html}*" if html else "")).encode()
        fields |= {"body-html": html.encode()} if html else {}
    fields |= {name: value.encode() for name, value in (signed or signature()).items()}
    files = [(part.get_filename() or "", part.get_payload(decode=True)) for part in mail.iter_attachments()]
    return form(fields, [] if is_mime else cast(list[tuple[str, bytes]], files))


def signature(at: float | None = None, key: str = KEYS["mailgun"]) -> dict[str, str]:
    timestamp, token = str(int(at or time.time())), secrets.token_hex(25)
    signed = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": timestamp, "token": token, "signature": signed}


def form(fields: dict[str, bytes], files: list[tuple[str, bytes]] | None = None) -> bytes:
    mark = b"--" + secrets.token_hex(16).encode()
    parts = [
        b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (name.encode(), value)
        for name, value in fields.items()
    ]
    parts += [
        b'Content-Disposition: form-data; name="attachment-%d"; filename="%s"\r\n\r\n%s'
        % (rank, name.encode(), data)
        for rank, (name, data) in enumerate(files or [], 1)
    ]
    return b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


def _read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def _text(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part else ""


def _box(name: str, address: str) -> dict[str, str]:
    return {"Name": name, "Email": address, "MailboxHash": ""}


def _attachments(part: EmailMessage) -> dict[str, str]:
    data = cast(bytes, part.get_payload(decode=True) or b"")
    name, kind = part.get_filename() or "", part.get_content_type()
    return {"Name": name, "ContentType": kind, "Content": base64.b64encode(data).decode(), "ContentID": ""}
