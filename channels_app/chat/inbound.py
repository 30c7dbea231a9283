from channels_app.chat.key import KEY, address_of
from channels_app.chat.models import Thread
from channels_app.chat.wire import Typed, read_typed
from channels_app.contract import Inbound, Parsed, RawMessage, Slow
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.services import Received


class ChatInbound(Inbound):
    """Lines typed on a page of ours: whoever writes in a thread holds its link."""

    def parse(self, arrived: RawMessage) -> Parsed:
        """Understand one line; raises Unreadable."""
        typed = read_typed(arrived.raw)
        thread = Thread.objects.select_related("ticket").filter(pk=typed.thread or 0).first()
        if thread is None:
            return Parsed(_message(typed, None))
        is_first = thread.ticket_id is None
        return Parsed(_message(typed, thread), then=lambda got: _join(thread.pk, is_first, got))

    def salvage(self, arrived: RawMessage, *, is_brief: bool) -> InboundMessage:
        """Return the words of a line that was not understood; raises Unreadable."""
        typed = read_typed(arrived.raw)
        return InboundMessage(
            channel=KEY,
            occurred_at=typed.at,
            text=typed.text,
            reply_text=typed.text,
            sender_kind=typed.contact_kind,
            sender_value=typed.contact,
            is_sender_sure=False,
        )


def _message(typed: Typed, thread: Thread | None) -> InboundMessage:
    """Build the message: the first line opens a ticket, the next ones join it.

    Without a contact, the address of the thread is where they wrote from, and it is nobody's on record.
    """
    ticket, address = thread.ticket if thread else None, address_of(thread.pk) if thread else ""
    return InboundMessage(
        channel=KEY,
        occurred_at=typed.at,
        text=typed.text,
        reply_text=typed.text,
        sender_kind=typed.contact_kind,
        sender_value=typed.contact or address,
        is_sender_sure=bool(typed.contact),
        person_id=ticket.person_id if ticket else None,
        follows=ticket.reference if ticket else "",
        opens_page=ticket is None,
        language=typed.language,
        facts={"answer_addresses": [(address, False)]} if address else {},
    )


def _join(thread_id: int, is_first: bool, received: Received) -> None:
    """Point the thread at the ticket of its latest line: one that ended long ago goes on in another.

    Raises Slow when another line of it opened the ticket meanwhile: tried again, this one joins it.
    """
    thread = Thread.objects.select_for_update().get(pk=thread_id)
    if is_first and thread.ticket_id not in {None, received.ticket.pk}:
        raise Slow
    if thread.ticket_id != received.ticket.pk:
        Thread.objects.filter(pk=thread_id).update(ticket=received.ticket)
