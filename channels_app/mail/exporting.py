"""What became of every mail, as plain data: for outside checks, and for those who want to leave."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from channels_app.intake.models import Arrival
from channels_app.mail import parsing
from channels_app.mail.inbound import facts_of
from channels_app.mail.key import KEY
from channels_app.mail.parsing.sandbox import understand_safely
from channels_app.mail.wholes import whole_mail
from requests_app.lib.html import clean_html
from requests_app.outbox.models import Outgoing
from requests_app.tickets.files import clean_name
from requests_app.tickets.models import Touchpoint

AT_ONCE = 200
ACKNOWLEDGMENTS = Outgoing.objects.filter(
    touchpoint__ticket=OuterRef("touchpoint__ticket"), kind=Outgoing.Kind.ACKNOWLEDGMENT
).exclude(state=Outgoing.State.REFUSED)


def mails() -> Iterator[dict[str, Any]]:
    """Yield one object per arrival, oldest first, in any state; streamed."""
    arrivals = (
        Arrival.objects.filter(channel=KEY)
        .select_related("touchpoint__ticket")
        .prefetch_related("touchpoint__attachments")
        .annotate(is_acknowledged=Exists(ACKNOWLEDGMENTS))
        .order_by("pk")
    )
    for arrival in arrivals.iterator(chunk_size=AT_ONCE):
        words = _words_of_touchpoint(arrival.touchpoint) if arrival.touchpoint else _words_of_bytes(arrival)
        acknowledged = {"ack_sent": arrival.is_acknowledged}
        yield {**_arrival_fields(arrival), **_fact_fields(words.facts), **words.as_export(), **acknowledged}


@dataclass(frozen=True, slots=True)
class ExportedText:
    """The text of a mail, wherever it was read."""

    subject: str = ""
    text: str = ""
    reply_text: str = ""
    html: str = ""
    attachments: tuple[dict[str, Any], ...] = ()
    ticket: str | None = None
    facts: Mapping[str, Any] | None = None

    def as_export(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "text": self.text,
            "reply_text": self.reply_text,
            "html": self.html,
            "attachments": list(self.attachments),
            "ticket": self.ticket,
        }


def _arrival_fields(arrival: Arrival) -> dict[str, Any]:
    return {
        "arrival": arrival.pk,
        "raw_sha256": arrival.raw_sha256,
        "state": arrival.state,
        "reason": arrival.reason,
    }


def _fact_fields(facts: Mapping[str, Any] | None) -> dict[str, Any]:
    known = facts or {}
    return {
        "message_id": known.get("message_id", ""),
        "from": known.get("from"),
        "auto": bool(known.get("auto")),
        "bounce": bool(known.get("bounce")),
    }


def _words_of_touchpoint(touchpoint: Touchpoint) -> ExportedText:
    files = touchpoint.attachments.all()
    return ExportedText(
        subject=touchpoint.subject,
        text=touchpoint.text,
        reply_text=touchpoint.reply_text,
        html=touchpoint.html,
        attachments=tuple({"name": f.name, "size": f.size, "sha256": f.sha256} for f in files),
        ticket=touchpoint.ticket.reference,
        facts=touchpoint.facts,
    )


def _words_of_bytes(arrival: Arrival) -> ExportedText:
    """Parse the mail again; for one that cannot be parsed, return its sender and subject."""
    raw = arrival.raw.content
    try:
        mail = understand_safely(whole_mail(raw, arrival.facts))
    except parsing.Unreadable:
        sender, subject = parsing.glimpse(raw)
        return ExportedText(subject=subject, facts={"from": sender, **arrival.facts})
    files = ((clean_name(file.name), file.data) for file in mail.files)
    return ExportedText(
        subject=mail.subject,
        text=mail.text,
        reply_text=mail.reply_text,
        html=clean_html(mail.html),
        attachments=tuple(
            {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files
        ),
        facts=facts_of(mail),
    )
