"""What another body must handle is sent to it: the person's messages, and how to reach them (CRPA, L114-2).

Through the outbox, to the address an administrator set: a form of its portal, or else an e-mail. Where there
is none, or where the text is too sensitive for what nobody proofreads, an agent is asked to do it.
"""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.catalog.models import CompetentBody
from requests_app.channels.description import Channel
from requests_app.channels.outbound import FIELDS, SERVICE, Address
from requests_app.channels.registry import channel_of
from requests_app.channels.ways_out import way_to
from requests_app.lib import french, phones, seals
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, queue
from requests_app.people.models import ContactPoint
from requests_app.tickets.messages.automatic import cancel_kind, show
from requests_app.tickets.messages.service_identity import SECOND_THOUGHTS, who_answers
from requests_app.tickets.models import LOCKED, Attachment, Ticket, ToDo, Touchpoint
from requests_app.tickets.selectors.family import thread_q
from requests_app.tickets.todos import ask, drop

KIND = Outgoing.Kind.HANDOVER
MAX_FILES_BYTES = 15_000_000  # larger, many servers refuse the mail
MAX_WORDS = 60_000


def hand_over(*, ticket: Ticket, body: str, at: datetime) -> Outgoing | None:
    """Write to the body in charge, or ask an agent to; None when only an agent can."""
    drop(key=_told_key(ticket), at=at)
    route = _route_to(body)
    if route is None or ticket.is_sensitive or ticket.is_in_danger:
        _ask_agent(ticket, body, has_address=route is not None, at=at)
        return None
    outgoing, is_new = queue(_message(ticket, body, *route), at=at)
    if is_new:
        show(ticket=ticket, outgoing=outgoing, at=at)
    return outgoing


def undo(*, ticket: Ticket, at: datetime) -> None:
    """Cancel what has not left yet: the ticket is ours again."""
    drop(key=_key(ticket), at=at)
    cancel_kind(ticket, KIND, reason=_("La demande est rouverte."), at=at)
    if has_left(ticket):
        words = _("L’organisme a déjà reçu la demande : dites-lui que nous la gardons.")
        ask(ticket=ticket, kind=ToDo.Kind.TRANSFER, text=words, key=_told_key(ticket), at=at)


def has_left(ticket: Ticket) -> bool:
    """Tell whether the body already has it, or may have."""
    told = Outgoing.objects.filter(touchpoint__ticket=ticket, kind=KIND)
    return told.exclude(state__in=Outgoing.NOT_GONE).exists()


def _route_to(body: str) -> tuple[Channel, str] | None:
    """Return by which channel and where the body is written to; None when nobody set it.

    A body not known yet is added to the administrator's list.
    """
    if not body:
        return None
    known, _is_new = CompetentBody.objects.get_or_create(name=body[:250])
    addresses = (Address(SERVICE, known.service_url), Address(ContactPoint.Kind.EMAIL, known.mail))
    found = ((way_to(each), each.value) for each in addresses if each.value)
    return next(((channel, value) for channel, value in found if channel), None)


def _key(ticket: Ticket) -> str:
    return f"handover:{ticket.reference}"


def _told_key(ticket: Ticket) -> str:
    return f"handover-told:{ticket.reference}"


def _ask_agent(ticket: Ticket, body: str, *, has_address: bool, at: datetime) -> None:
    words = _("Transmettez vous-même cette demande à l’organisme compétent.")
    if body and not ticket.is_sensitive:
        words = _("Transmettez vous-même cette demande à : %(body)s.") % {"body": body}
    if not has_address:
        words = _("%(words)s Aucune adresse n’est réglée.") % {"words": words}
    ask(ticket=ticket, kind=ToDo.Kind.TRANSFER, text=words, key=_key(ticket), at=at)


def _message(ticket: Ticket, body: str, channel: Channel, address: str) -> Message:
    rank = Outgoing.objects.filter(touchpoint__ticket=ticket, kind=KIND).count() + 1
    files = _files(ticket)
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Demande %(reference)s à traiter par vos services") % {"reference": ticket.reference}
        text = render_to_string("messages/handover.txt", _context(ticket, body))
    return Message(
        key=f"{KIND}:{ticket.reference}:{rank}",
        kind=KIND,
        channel=channel.key,
        recipient=address,
        message_id=seals.new_message_id(ticket.reference),
        payload={
            "sender": who_answers(ticket).name,
            "reply_to": seals.reply_address(ticket.reference),
            "subject": subject,
            "text": text.strip() + "\n",
            "files": [{"name": file.name, "content_type": file.content_type} for file in files],
            **_fields(ticket, channel),
        },
        files=tuple(str(file.file.name) for file in files),
        delay=SECOND_THOUGHTS,
    )


def _context(ticket: Ticket, body: str) -> dict[str, object]:
    heard = _thread(ticket).filter(direction=Touchpoint.Direction.IN).order_by("occurred_at", "pk")
    words = [(french.moment(each.occurred_at), each.reply_text or each.text) for each in heard]
    return {
        "reference": ticket.reference,
        "body": body,
        "who": who_answers(ticket),
        "name": ticket.person.full_name if ticket.person else ticket.sender,
        "contacts": _contacts(ticket),
        "subject": ticket.subject,
        "messages": [(at, text[:MAX_WORDS]) for at, text in words],
    }


def _fields(ticket: Ticket, channel: Channel) -> dict[str, object]:
    """Return the request field by field, where software takes it in."""
    if channel.outbound is None or not channel.outbound.takes_fields:
        return {}
    person = ticket.person
    contacts = _contact_values(ticket)
    return {
        FIELDS: {
            "reference": ticket.reference,
            "subject": ticket.subject,
            "given_name": person.given_name if person else "",
            "family_name": person.family_name if person else ticket.sender,
            "mail": next((each for each in contacts if "@" in each), ""),
            "phone": next((each for each in contacts if "@" not in each), ""),
            "medium": channel_of(ticket.channel).medium,
            "received_on": (ticket.first_received_on or ticket.received_at.date()).isoformat(),
        }
    }


def _thread(ticket: Ticket) -> QuerySet[Touchpoint]:
    """Return all that belongs to this ticket, its origin message included; feedback is for us alone."""
    return Touchpoint.objects.filter(thread_q(ticket)).exclude(facts__has_key="opinion")


def _contacts(ticket: Ticket) -> list[str]:
    """List the contacts at which the body may answer: those agents may use, none that is doubtful."""
    return [phones.format_national(each) for each in _contact_values(ticket)]


def _contact_values(ticket: Ticket) -> list[str]:
    if ticket.person_id is None:
        return [ticket.sender] if ticket.sender.startswith("+") or "@" in ticket.sender else []
    points = ContactPoint.objects.filter(person=ticket.person_id, needs_check=False, is_shared=False)
    return [p.value for p in points.order_by("pk") if p.allows(ContactPoint.Use.ANSWER)]


def _files(ticket: Ticket) -> list[Attachment]:
    """List the files that may be opened, as long as the mail stays light."""
    files, size = [], 0
    for file in (
        Attachment.objects.filter(touchpoint__in=_thread(ticket)).exclude(control__in=LOCKED).order_by("pk")
    ):
        size += file.size
        if size <= MAX_FILES_BYTES:
            files.append(file)
    return files
