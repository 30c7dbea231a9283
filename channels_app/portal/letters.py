"""The messages shown to the person: their own, agents' answers, receipts and transfer notices only."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language

from channels_app.portal.contacts import own_addresses
from channels_app.portal.key import KEY
from requests_app.channels.registry import channel_of
from requests_app.channels.ways_out import is_own_page
from requests_app.lib.languages import speaking
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.selectors.family import told_to_person

OURS = (Outgoing.Kind.ANSWER, Outgoing.Kind.RECEIPT, Outgoing.Kind.TRANSFER)
MAX_ROWS = 100
Direction = Touchpoint.Direction


@dataclass(frozen=True, slots=True)
class Letter:
    is_mine: bool
    at: datetime
    text: str
    files: list[str]
    language: str = ""  # when it differs from the page's
    by: str = ""  # the Maison that answered; "" when naming it would reveal too much (A03)


def letters_of(ticket: Ticket) -> list[Letter]:
    """Return the messages in both directions, oldest first; never notes or other people's (threats: W09)."""
    own = {contact.value for contact in own_addresses(ticket)}
    rows = Touchpoint.objects.filter(told_to_person(ticket)).select_related("outgoing", "maison")
    recent = reversed(rows.prefetch_related("attachments").order_by("-occurred_at", "-pk")[:MAX_ROWS])
    is_named = not ticket.is_sensitive
    with speaking(ticket.language):
        language = get_language() or settings.LANGUAGE_CODE
    letters, shown = [], set[int]()
    for row in recent:
        letter = (
            None
            if row.facts.get("copy_of") in shown
            else _letter(row, own, is_named=is_named, language=language)
        )
        if letter:
            letters.append(letter)
            shown.add(row.pk)
    return letters


def _is_theirs(channel: str, address: str, own: set[str]) -> bool:
    """Tell whether they read there: at a contact of theirs, or on a page of ours that this ticket came by."""
    return address in own or is_own_page(channel, address)


def _letter(row: Touchpoint, own: set[str], *, is_named: bool, language: str) -> Letter | None:
    """Return one touchpoint, if they may read it; ``language`` is that of our receipts."""
    files = [file.name for file in row.attachments.all() if not file.is_inline]
    if row.direction == Direction.IN:
        return _theirs(row, own, files)
    sent = row.outgoing
    if (
        sent is None
        or sent.kind not in OURS
        or sent.state not in Outgoing.HANDED_OVER
        or not _is_theirs(sent.channel, sent.recipient, own)
    ):
        return None
    by = row.maison.name if row.maison and is_named else ""
    if sent.kind == Outgoing.Kind.ANSWER:
        text = row.reply_text or row.text
        return Letter(False, row.occurred_at, text, files, settings.LANGUAGE_CODE, by)
    text = links.drop_link_lines(str(sent.payload.get("text") or row.text))
    return Letter(False, row.occurred_at, text, files, language, by)


def _theirs(row: Touchpoint, own: set[str], files: list[str]) -> Letter | None:
    if row.facts.get("opinion"):  # shown to agents, on a page of their own
        return None
    # What an agent wrote about a visit or a call is internal: only that it happened is shown.
    if happened := channel_of(row.channel).happened:
        return Letter(True, row.occurred_at, str(happened), [])
    is_mine = row.channel == KEY or _is_theirs(row.channel, row.sender, own)
    return Letter(True, row.occurred_at, row.reply_text or row.text, files) if is_mine else None
