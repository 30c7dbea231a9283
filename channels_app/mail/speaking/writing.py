"""A row of the outbox becomes an RFC 5322 message: complete text, calm headers, nothing injected (M18)."""

import re
from datetime import datetime
from email.header import Header
from email.message import Message
from email.utils import format_datetime, formataddr
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMultiAlternatives

from requests_app.outbox.models import Outgoing

LONGEST_REFERENCES = 1500  # signs: beyond, relays cut where they like
_BREAKS = re.compile(r"[\r\n\0]+")


def written(outgoing: Outgoing) -> Message:
    """The message as it leaves; the same Message-ID and date at every try."""
    payload: dict[str, Any] = outgoing.payload
    mail = EmailMultiAlternatives(
        subject=one_line(payload["subject"]),
        body=payload["text"],
        from_email=sender(payload.get("sender", "")),
        to=[outgoing.recipient],
        headers=_headers(outgoing, payload),
    )
    if payload.get("html"):
        mail.attach_alternative(payload["html"], "text/html")
    for name, described in zip(outgoing.files, payload.get("files", []), strict=True):
        with default_storage.open(name) as file:
            mail.attach(one_line(described["name"]), file.read(), described["content_type"])
    return mail.message()


def as_sent(outgoing: Outgoing) -> bytes:
    """The bytes of ``written``, lines ended as SMTP wants."""
    return written(outgoing).as_bytes(linesep="\r\n")  # type: ignore[call-arg]


def sender(name: str) -> str:
    """« Métropole de Lyon – Lyon 8 <accueil@…> »."""
    shown = one_line(name) or settings.AUTHORITY_NAME
    return formataddr((str(Header(shown, "utf-8")) if not shown.isascii() else shown, our_address()))


def our_address() -> str:
    return f"accueil@{settings.MAIL_DOMAIN}"


def one_line(text: str) -> str:
    """No header ends before its time: line breaks become spaces (threats: M18)."""
    return _BREAKS.sub(" ", text).strip()


def references(ids: list[str]) -> str:
    """The thread's Message-IDs, the first and the last kept when there are too many."""
    kept = [f"<{one_line(i).strip('<>')}>" for i in ids if i]
    while len(kept) > 2 and len(" ".join(kept)) > LONGEST_REFERENCES:
        kept.pop(1)
    return " ".join(kept)


def _headers(outgoing: Outgoing, payload: dict[str, Any]) -> dict[str, str]:
    created: datetime = outgoing.created_at
    headers = {"Message-ID": f"<{outgoing.message_id}>", "Date": format_datetime(created)}
    if reply_to := payload.get("reply_to"):
        headers["Reply-To"] = one_line(reply_to)
    if thread := references(payload.get("references", [])):
        headers["References"], headers["In-Reply-To"] = thread, thread.split(" ")[-1]
    if outgoing.kind == Outgoing.Kind.ACKNOWLEDGMENT:  # RFC 3834: no robot answers a robot
        headers["Auto-Submitted"] = "auto-replied"
        headers["X-Auto-Response-Suppress"] = "All"
    return headers
