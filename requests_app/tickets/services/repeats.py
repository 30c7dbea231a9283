"""The same words sent again by the same person the same day, through whatever door: one request."""

import hashlib
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from requests_app.channels.registry import label_of
from requests_app.lib.same_words import letters
from requests_app.routing.territory import Territory
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Mark, Ticket, Touchpoint
from requests_app.tickets.services.duplicates import record_duplicate

LOOKED_AT = 20
GIVEN: Final = "given"  # fact of a form: what it says beside its words
MIN_WORDS = 2  # « Bonjour » alone says nothing that could be said again


def find_repeated(said: InboundMessage, recent: list[Ticket], land: Territory) -> Touchpoint | None:
    """Find the message of these open tickets that the words repeat the same day, nobody having answered.

    One statement, none without ticket. An agent who notes a visit or a call heard the person: that is no
    repeat. Nor is a mail sent to another Maison, which reads its own (threats: M06), nor the first line of a
    page that shows its ticket: whoever guesses somebody's words would read it (threats: W09).
    """
    text = said.reply_text or said.text
    if said.author_id or said.is_silent or said.is_for_several or said.opens_page:
        return None
    if len(text.split()) < MIN_WORDS:
        return None
    waiting = {each.pk: each for each in recent if _waits_for(said, each, land)}
    if not waiting:
        return None
    words, day = letters(text), _day(said.occurred_at)
    today = (
        each for each in _received_in(waiting) if _day(each.occurred_at) == day and _is_about(said, each)
    )
    return next((each for each in today if letters(each.reply_text or each.text) == words), None)


def _received_in(waiting: dict[int, Ticket]) -> list[Touchpoint]:
    """Return the last words that came in these tickets, less what agents noted."""
    found = Touchpoint.objects.filter(ticket__in=waiting, direction=Touchpoint.Direction.IN, author=None)
    light = found.defer("html", "remarks").order_by("-occurred_at", "-pk")
    rows = list(light[:LOOKED_AT])
    for row in rows:
        row.ticket = waiting[row.ticket_id]
    return rows


def _day(at: datetime) -> date:
    return at.astimezone(PARIS).date()


def _waits_for(said: InboundMessage, ticket: Ticket, land: Territory) -> bool:
    """Tell whether it waits for an answer, about the topic chosen, at the place the words were sent to."""
    topic = land.topics.get(said.topic_code)
    is_same = topic is None or ticket.topic_id in (None, topic.pk)
    is_by_machine = Mark.MACHINE in said.marks
    is_waiting = ticket.answered_at is None and ticket.is_by_machine == is_by_machine
    return is_same and is_waiting and _is_for(said, ticket.maison_id, land)


def _is_about(said: InboundMessage, first: Touchpoint) -> bool:
    """Compare subjects, or answers of forms: two mails of another subject are two, two forms too (N05)."""
    if GIVEN in said.facts and GIVEN in first.facts and said.facts[GIVEN] != first.facts[GIVEN]:
        return False
    return not (said.subject and first.subject) or letters(said.subject) == letters(first.subject)


def is_nothing_new(said: InboundMessage, first: Touchpoint) -> bool:
    """Tell whether all of it came with the first one, words, place and files: such a repeat is counted."""
    has_more = said.address and said.facts.get(GIVEN, said.address) != first.facts.get(GIVEN)
    if has_more or letters(said.text) != letters(first.text):
        return False
    if not said.files:
        return True
    sent = {hashlib.sha256(file.data).hexdigest() for file in said.files}
    return sent <= set(first.attachments.values_list("sha256", flat=True))


def count_repeat(said: InboundMessage, first: Touchpoint, at: datetime) -> None:
    """Say in the log of the first one that a duplicate came."""
    channel = label_of(said.channel)
    words = _("Les mêmes mots sont revenus (%(channel)s) : ils ne sont comptés qu’une fois.")
    record_duplicate(
        touchpoint_id=first.pk, step={"at": at.isoformat(), "text": words % {"channel": channel}}
    )


def _is_for(said: InboundMessage, maison_id: int | None, land: Territory) -> bool:
    """Return whether the mailbox written to, if it is a Maison's, is that of the first ticket."""
    if not said.mailboxes or maison_id is None:
        return True
    sites = (site for box in said.mailboxes for site in land.by_mailbox.get(_key(box), ()))
    return maison_id in {site.pk for site in sites}


def _key(mailbox: str) -> str:
    """Name a mailbox as the territory does: one of our own domain by its local part."""
    local, _sign, domain = mailbox.strip(" <>").lower().partition("@")
    local = local.partition("+")[0]
    return local if domain == settings.MAIL_DOMAIN else f"{local}@{domain}"
