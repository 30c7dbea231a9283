"""An answer by SMS: what is added to the agent's words, what it costs, when it is too long."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from requests_app.lib import phones, segments
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket

MOST_SEGMENTS = 2
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
    most: int = MOST_SEGMENTS

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


def added(ticket: Ticket) -> tuple[str, str]:
    """Who speaks, and about what; where nobody can answer the SMS, the number to call."""
    after = f"\n{ticket.reference}"
    if phones.is_one_way(settings.TWILIO_FROM):
        after += f", {settings.AUTHORITY_PHONE}"
    return segments.fold(f"{settings.AUTHORITY_NAME} : "), after


def count_of(ticket: Ticket, typed: str, *, fold_url: str) -> Count:
    """Count what is typed as it would leave."""
    before, after = added(ticket)
    found = segments.measure(before + typed.strip() + after)
    dear = " ".join(found.dear)
    return Count(before, after, found.length, found.room, found.segments, dear, fold_url)


def payload_of(ticket: Ticket, text: str, *, has_files: bool) -> dict[str, Any]:
    """The whole text of an SMS; raises Refused, in words, when it cannot be one."""
    if has_files:
        raise Refused(_("Un SMS ne porte pas de fichier. Retirez-le, ou écrivez par e-mail."))
    before, after = added(ticket)
    whole = segments.composed(before + text.strip() + after)
    found = segments.measure(whole)
    if found.segments <= MOST_SEGMENTS:
        return {"subject": "", "text": whole}
    words = _("Votre message ferait %(n)s SMS, deux au plus. Raccourcissez-le, ou écrivez par e-mail.")
    if found.dear:
        words += " " + _("Sans %(signs)s, chaque SMS est deux fois plus long.") % {
            "signs": " ".join(found.dear)
        }
    raise Refused(words % {"n": found.segments})
