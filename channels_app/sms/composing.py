"""Composing an SMS: what is added to the agent's text, what it costs, when it is too long."""

from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.utils.translation import gettext as _

from channels_app.sms import texts
from requests_app.channels.outbound import Payload, Reply
from requests_app.lib import phones, segments

MAX_SEGMENTS = 2
BAR = 72  # the width of the counter's bar


@dataclass(frozen=True, slots=True)
class Count:
    """What the counter under the text shows; ``before`` and ``after`` are added to what is typed."""

    before: str
    after: str
    length: int
    room: int
    segments: int
    dear: str
    fold_url: str
    most: int = MAX_SEGMENTS
    template: ClassVar[str] = "sms/_counter.html"
    script: ClassVar[str] = "sms/segments.js"

    @property
    def bar(self) -> int:
        return min(BAR, round(BAR * self.length / self.room))

    @property
    def is_too_long(self) -> bool:
        return self.segments > self.most

    @property
    def begins(self) -> str:
        return self.before.strip(" :")

    @property
    def ends(self) -> str:
        return " ".join(self.after.split())


def added_text(reference: str) -> tuple[str, str]:
    """Return the sender and the reference; for a one-way sender, also the number to call."""
    after = f"\n{reference}"
    if phones.is_one_way(settings.TWILIO_FROM):
        after += f", {settings.AUTHORITY_PHONE}"
    return segments.fold(f"{settings.AUTHORITY_NAME} : "), after


def count_of(reference: str, typed: str, *, fold_url: str) -> Count:
    """Count what is typed as it would be sent."""
    before, after = added_text(reference)
    found = segments.measure(before + typed.strip() + after)
    dear = " ".join(found.dear)
    return Count(before, after, found.length, found.room, found.segments, dear, fold_url)


def compose(reply: Reply) -> Payload:
    """Compose an agent's own text, two SMS at most, or the fullest automatic text that makes one SMS."""
    return _typed_text(reply) if reply.typed else _brief(reply)


def _typed_text(reply: Reply) -> Payload:
    before, after = added_text(reply.reference)
    whole = segments.normalise(before + reply.typed.strip() + after)
    found = segments.measure(whole)
    content = {"subject": "", "text": whole, **(reply.more or {})}
    return Payload(content, found.segments, MAX_SEGMENTS, _why_not(reply, found))


def _why_not(reply: Reply, found: segments.Measure) -> str:
    """Return the sentence that says why it cannot be an SMS."""
    if reply.files:
        return _("Un SMS ne porte pas de fichier. Retirez-le, ou écrivez par e-mail.")
    if found.segments <= MAX_SEGMENTS:
        return ""
    words = _("Votre message ferait %(n)s SMS, deux au plus. Raccourcissez-le, ou écrivez par e-mail.")
    if found.dear:
        words += " " + _("Sans %(signs)s, chaque SMS est deux fois plus long.") % {
            "signs": " ".join(found.dear)
        }
    return words % {"n": found.segments}


def _brief(reply: Reply) -> Payload:
    text = texts.fit(reply.brief())
    return Payload({"text": text, **(reply.more or {})}, texts.segments_of(text), 1)
