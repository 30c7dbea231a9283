"""The complete receipt, for everyone: by mail, or on paper where they gave a postal address alone.

Without either an agent reads it out by telephone; it is printed at the desk, and shown on the follow-up
page (CRPA, art. L112-3, R112-5).
"""

from datetime import datetime

from requests_app.channels.description import Medium
from requests_app.channels.registry import channel_of
from requests_app.outbox.models import Outgoing
from requests_app.tickets.competence import goes_to_our_service
from requests_app.tickets.letters.words import paper_of, written_to
from requests_app.tickets.messages import receipt, transfer
from requests_app.tickets.messages.recipient import reader_of
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.services.posting import ask_for_letter, letter_key
from requests_app.tickets.services.spoken_receipts import ask_to_read, drop_spoken, may_be_read_out
from requests_app.tickets.todos import drop


def confirm(*, ticket: Ticket, at: datetime) -> Outgoing | None:
    """Send the receipt by mail, else ask for its letter or its call; once per regime and documents."""
    outgoing = receipt.confirm(ticket=ticket, at=at)
    if outgoing is not None and outgoing.state != Outgoing.State.REFUSED:
        drop(key=letter_key(ticket), at=at)  # the same text, by e-mail: nobody prints it any more
    elif outgoing is None and receipt.is_owed(ticket) and _waits_for_paper(ticket):
        ask_for_letter(ticket=ticket, at=at)
    if outgoing is None and _waits_for_voice(ticket):
        ask_to_read(ticket=ticket, at=at)
    elif ticket.tasks_count:
        drop_spoken(ticket=ticket, at=at)
    return outgoing


def pass_on(*, ticket: Ticket, at: datetime) -> None:
    """Pass a ticket to the body in charge; for a service of ours, the receipt stays ours to write."""
    transfer.pass_on(ticket=ticket, at=at)
    if goes_to_our_service(ticket):
        confirm(ticket=ticket, at=at)


def _waits_for_paper(ticket: Ticket) -> bool:
    return reader_of(ticket) is None and is_told_on_paper(ticket) and not _is_posted(ticket)


def _waits_for_voice(ticket: Ticket) -> bool:
    if not receipt.is_owed(ticket) or reader_of(ticket) is not None:
        return False
    return not is_told_on_paper(ticket) and may_be_read_out(ticket)


def is_told_on_paper(ticket: Ticket) -> bool:
    """Tell whether a letter may go: they wrote one, or gave a postal address; never to one in danger."""
    if ticket.is_in_danger:
        return False
    is_letter = channel_of(ticket.channel).medium == Medium.PAPER and ticket.person_id is not None
    return is_letter or written_to(Touchpoint.objects.filter(ticket=ticket)).exists()


def _is_posted(ticket: Ticket) -> bool:
    """Tell whether the last letter posted said the same."""
    posted = ticket.touchpoints.filter(direction=Touchpoint.Direction.OUT, facts__has_key="posted")
    last = posted.order_by("-occurred_at", "-pk").first()
    return last is not None and last.facts.get("receipt") == paper_of(ticket)
