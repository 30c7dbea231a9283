"""« A répondu »: the person wrote since our last message, by any channel, and an agent must read it.

An answer of ours, a call, a letter or closing the ticket clears the mark; so does an agent who has
read the message and finds nothing to answer.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.channels.description import Medium
from requests_app.channels.registry import key_of
from requests_app.tickets.errors import Refused
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Event, Ticket, Touchpoint
from requests_app.tickets.models.event_data import ToDoChanged
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts
from requests_app.tickets.selectors.family import survivor_of
from requests_app.tickets.services.moves import move, require_handler

EXCERPT = 200
OUR_WORD: dict[str, Any] = {"person_wrote_at": None}  # what any message of ours changes of a ticket


def word_changes(said: InboundMessage, *, excerpt: str) -> dict[str, Any]:
    """Return what a message changes of the ticket it joins: theirs asks to be read, ours answers."""
    if said.direction != Touchpoint.Direction.IN:
        return OUR_WORD
    shown = {"excerpt": excerpt, "excerpt_channel": said.channel} if excerpt else {}
    return {**shown, "person_wrote_at": None if said.is_answered else said.occurred_at}


@transaction.atomic
def mark_read(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Record that an agent has read the last message: nothing needs an answer."""
    require_handler(ticket, by)
    if ticket.person_wrote_at is None:
        raise Refused(_("Cette demande n’attend plus de lecture."))
    data = ToDoChanged(wrote_at=ticket.person_wrote_at)
    move(ticket, kind=Event.Kind.TASK_DONE, by=by, at=at, data=data, **OUR_WORD)


@transaction.atomic
def mark_unread(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Mark the message as unread again."""
    require_handler(ticket, by)
    read = Event.objects.filter(ticket=ticket, kind=Event.Kind.TASK_DONE, data__has_key="wrote_at")
    last = read.order_by("at", "pk").last()
    noted = ToDoChanged.read(last.data if last else {})
    if noted.wrote_at is None or ticket.person_wrote_at is not None:
        raise Refused(_("Rien n’a été noté comme lu."))
    data, kind = ToDoChanged(wrote_at=noted.wrote_at), Event.Kind.TASK_UNDONE
    move(ticket, kind=kind, by=by, at=at, data=data, person_wrote_at=noted.wrote_at)


@transaction.atomic
def record_opinion(*, ticket: Ticket, face: str | Promise, sentence: str, at: datetime) -> Touchpoint:
    """Store a person's feedback, when an agent should read it, as a message of the ticket."""
    with translation.override(settings.LANGUAGE_CODE):  # agents read it, whatever language the person reads
        text = " ".join(filter(None, [_("Avis : %(face)s.") % {"face": face} if face else "", sentence]))
    words = " ".join(text.split())[:EXCERPT]
    ticket, page = (
        survivor_of(ticket),
        key_of(Medium.PAGE),
    )  # on a merged one, nobody could mark the message as read
    Ticket.objects.filter(pk=ticket.pk).update(
        excerpt=words, excerpt_channel=page, person_wrote_at=at, version=F("version") + 1
    )
    return Touchpoint.objects.create(
        ticket=ticket,
        channel=page,
        occurred_at=at,
        recorded_at=at,
        text=text,
        reply_text=text,
        facts=TouchpointFacts(opinion=True),
    )
