"""A row of the outbox becomes an RFC 5322 message: complete text, plain headers, nothing injected (M18)."""

import re
from datetime import datetime
from email.charset import QP, Charset
from email.mime.text import MIMEText
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMultiAlternatives
from django.utils.html import escape

from requests_app.channels.outbound import CALENDAR
from requests_app.outbox.links import insert_links
from requests_app.outbox.models import Outgoing

MAX_REFERENCES_LENGTH = 1500  # characters: beyond, relays cut anywhere
# Automatic messages: in reply to a mail, or planned.
AUTOMATIC: dict[str, str] = {
    Outgoing.Kind.ACKNOWLEDGMENT: "auto-replied",
    Outgoing.Kind.RECEIPT: "auto-replied",
    Outgoing.Kind.TRANSFER: "auto-replied",
    Outgoing.Kind.HANDOVER: "auto-generated",
    Outgoing.Kind.NOTICE: "auto-replied",
    Outgoing.Kind.REMINDER: "auto-generated",
    Outgoing.Kind.SURVEY: "auto-generated",
    Outgoing.Kind.OFFER: "auto-generated",
}
_UNQUOTED = str.maketrans({'"': "’", "\\": " "})
_BREAKS = re.compile(r"[\r\n\0]+")
_BLANK_LINES = re.compile(r"\n{2,}")
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"></head>
<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; max-width: 40em">
{blocks}
</body></html>
"""
# Seven-bit lines: a server without 8BITMIME breaks nothing.
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP


def build_mail(outgoing: Outgoing) -> EmailMultiAlternatives:
    """Build the message to send; same Message-ID and date at every try. Raises OSError (its files)."""
    payload: dict[str, Any] = outgoing.payload
    text = insert_links(payload["text"], outgoing)
    page = insert_links(payload.get("html") or "", outgoing) or as_page(text)
    mail = EmailMultiAlternatives(
        subject=one_line(payload["subject"]),
        body=text,
        from_email=sender(payload.get("sender", "")),
        to=[one_line(outgoing.recipient)],
        reply_to=[one_line(each) for each in [payload.get("reply_to")] if each],
        headers=_headers(outgoing, payload),
    )
    mail.encoding = _UTF8
    mail.attach_alternative(page, "text/html")
    for name, described in zip(outgoing.files, payload.get("files", []), strict=True):
        with default_storage.open(name) as file:
            mail.attach(one_line(described["name"]), file.read(), described["content_type"])
    if calendar := payload.get(CALENDAR):
        mail.attach(_calendar_part(calendar))
    return mail


def _calendar_part(calendar: dict[str, str]) -> MIMEText:
    """Return the appointment as mail programs look for it: its method beside its type (RFC 6047, 2.4)."""
    part = MIMEText(calendar["text"], "calendar", "utf-8")  # base64: its line ends are part of it
    part.set_param("method", calendar["method"])
    part.add_header("Content-Disposition", "attachment", filename="rendez-vous.ics")
    return part


def as_bytes(mail: EmailMultiAlternatives) -> bytes:
    """Return the bytes of a message, with SMTP's line ends."""
    return mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]


def as_page(text: str) -> str:
    """Return the text as plain HTML paragraphs; addresses become links."""
    blocks = _BLANK_LINES.split(text.replace("\r\n", "\n").strip())
    return PAGE.format(blocks="\n".join(f"<p>{_block(block)}</p>" for block in blocks))


def _block(text: str) -> str:
    at, shown = 0, ""
    for link in _LINK.finditer(text):
        target = escape(link[0])
        shown += f'{escape(text[at : link.start()])}<a href="{target}">{target}</a>'
        at = link.end()
    return (shown + escape(text[at:])).replace("\n", "<br>\n")


def sender(name: str) -> str:
    """Return « Métropole de Lyon – Lyon 8 <accueil@…> »."""
    shown = (one_line(name) or settings.AUTHORITY_NAME).translate(_UNQUOTED)
    return f'"{shown}" <{our_address()}>'


def our_address() -> str:
    """Return the sender of our mails; replies go to the sealed address of the ticket."""
    address: str = settings.MAIL_FROM
    return address


def one_line(text: str) -> str:
    """Replace line breaks by spaces, so that no header is injected (threats: M18)."""
    return _BREAKS.sub(" ", text).strip()


def references(ids: list[str]) -> str:
    """Return the thread's Message-IDs, the first and the last kept when there are too many."""
    kept = [f"<{one_line(i).strip('<>')}>" for i in ids if i]
    while len(kept) > 2 and len(" ".join(kept)) > MAX_REFERENCES_LENGTH:
        kept.pop(1)
    return " ".join(kept)


def _headers(outgoing: Outgoing, payload: dict[str, Any]) -> dict[str, str]:
    created: datetime = outgoing.created_at
    headers = {"Message-ID": f"<{outgoing.message_id}>", "Date": format_datetime(created)}
    if thread := references(payload.get("references", [])):
        headers["References"], headers["In-Reply-To"] = thread, thread.split(" ")[-1]
    if word := AUTOMATIC.get(outgoing.kind):  # RFC 3834: no robot answers a robot
        headers["Auto-Submitted"] = word
        headers["X-Auto-Response-Suppress"] = "All"
        headers["Precedence"] = "bulk"  # for robots older than RFC 3834
    else:  # an agent wrote it: suppress out-of-office replies, not bounces
        headers["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    return headers
