"""Send an agent's answer: what was typed becomes a touchpoint and an outbox message, once.

For ten seconds the agent may undo it; the message waits in the outbox meanwhile (threats: O08).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.accounts.models import User
from requests_app.answers import variables
from requests_app.answers.mandate_recipients import why_refused
from requests_app.answers.models import Draft, DraftFile
from requests_app.answers.recipients import Recipient
from requests_app.answers.refusing import refusal_of, require_written
from requests_app.answers.services.copying import copy_to
from requests_app.answers.services.settling import settle
from requests_app.answers.writing import payload_of
from requests_app.channels.outbound import Reply, ReplyFile
from requests_app.channels.ways_out import channel_for, compose
from requests_app.lib import seals
from requests_app.lib.text import is_blank
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, queue
from requests_app.people.models import ContactPoint
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.errors import Refused
from requests_app.tickets.messages.acknowledgment import FOLLOW
from requests_app.tickets.models import (
    Attachment,
    Event,
    Outcome,
    Participant,
    State,
    Ticket,
    Touchpoint,
)
from requests_app.tickets.models.event_data import Closed, Waiting
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts
from requests_app.tickets.services.moves import change, require_handler, require_open
from requests_app.tickets.services.new_words import OUR_WORD
from requests_app.tickets.services.spoken_receipts import drop_spoken

KIND = Outgoing.Kind.ANSWER
UNDO = timedelta(seconds=10)
GRACE = timedelta(seconds=2)  # a click at the last second still arrives in time


class AfterAnswer(TextChoices):
    """What becomes of the ticket once it is answered."""

    STAY = "", gettext_lazy("Envoyer")
    CLOSE = "close", gettext_lazy("Envoyer et terminer")
    WAIT = "wait", gettext_lazy("Envoyer et attendre sa réponse")
    REFUSE = "refuse", gettext_lazy("Envoyer le refus")


ENDS_WITH: dict[str, Outcome] = {AfterAnswer.CLOSE: Outcome.ANSWERED, AfterAnswer.REFUSE: Outcome.REFUSED}


def _sent_by(ticket: Ticket, token: str) -> QuerySet[Outgoing]:
    """Select what one composer page has sent, however often it was posted."""
    return Outgoing.objects.filter(key__startswith=f"{KIND}:{ticket.reference}:{token}:")


def _stem(ticket: Ticket, token: str) -> str:
    """Return the prefix of its keys; an answer undone and sent again from the same page is another one."""
    rank = _sent_by(ticket, token).filter(state=Outgoing.State.CANCELLED).count()
    return f"{KIND}:{ticket.reference}:{token}:{rank}"


def sent_already(ticket: Ticket, token: str) -> Touchpoint | None:
    """Return the answer that this very page has sent, unless it was undone."""
    alive = _sent_by(ticket, token).exclude(state=Outgoing.State.CANCELLED)
    return Touchpoint.objects.filter(ticket=ticket, outgoing__in=alive).order_by("pk").first()


@transaction.atomic
def answer(
    *,
    ticket: Ticket,
    to: Recipient,
    also: Sequence[Participant] = (),
    token: str,
    then: str = AfterAnswer.STAY,
    by: User,
    at: datetime,
) -> Touchpoint:
    """Send this agent's draft; the ticket is theirs and open from now on, or what ``then`` says.

    Those of ``also`` get the same text, each in a separate message; nobody gets it twice.

    Raises Refused (nothing typed, something to complete, closed channel) and ChangedMeanwhile.
    """
    require_handler(ticket, by)
    require_open(ticket)
    draft = ready(ticket, by)
    text = words_of(ticket, draft, then, channel=to.channel)
    also = [each for each in also if each.address != to.address]
    if why_not := to.why_not or why_refused(ticket, [to.address, *(each.address for each in also)], at):
        raise Refused(why_not)
    before, settled = snapshot(ticket), settle(ticket, at=at)
    go_on(ticket, then, by, at)
    stem = _stem(ticket, token)
    message = _message(ticket, draft, text, to, stem, by, at)
    named = _name_participants(also)
    facts = TouchpointFacts(kind=KIND, before=before, then=then, also=named, settled=settled)
    touchpoint = _record(ticket, to, message, text, facts, by, at)
    if also:
        copy_to(also, touchpoint, _participant_messages(message, ticket, draft, text, by), stem=stem, at=at)
    pass_files(draft, touchpoint)
    draft.delete()
    return touchpoint


def _record(
    ticket: Ticket,
    to: Recipient,
    message: Message,
    text: str,
    facts: TouchpointFacts,
    by: User,
    at: datetime,
) -> Touchpoint:
    """Queue the message, and show it in the thread."""
    outgoing, _is_new = queue(message, at=at)
    return Touchpoint.objects.create(
        ticket=ticket,
        channel=to.channel,
        direction=Touchpoint.Direction.OUT,
        occurred_at=at,
        recorded_at=at,
        author=by,
        maison_id=ticket.maison_id,
        sender=to.address,
        subject=message.payload["subject"],
        text=links.as_shown(message.payload["text"]),
        reply_text=text,
        outgoing=outgoing,
        facts=facts,
    )


def _name_participants(also: Sequence[Participant]) -> list[tuple[int, str]]:
    return [(each.pk, each.address) for each in also]


def ready(ticket: Ticket, by: User) -> Draft:
    draft = Draft.objects.answers().select_for_update().filter(ticket=ticket, author=by).first()
    if draft is None or is_blank(draft.text):
        raise Refused(_("Écrivez votre réponse avant de l’envoyer."))
    if missing := variables.find_blanks(draft.text):
        words = _("Complétez votre réponse avant de l’envoyer : %(missing)s.")
        raise Refused(words, missing=", ".join(missing))
    return draft


def words_of(ticket: Ticket, draft: Draft, then: str, *, channel: str) -> str:
    """Return what is sent: the text typed, and how to contest it when it is a refusal."""
    text: str = draft.text.strip()
    if then != AfterAnswer.REFUSE:
        return text
    require_written(channel)
    return refusal_of(ticket, text)


def snapshot(ticket: Ticket) -> dict[str, Any]:
    """Return what undoing the answer restores; valid while the ticket's version is the next one."""
    return {
        "version": ticket.version + 1,
        "state": ticket.state,
        "assignee_id": ticket.assignee_id,
        "waiting_since": ticket.waiting_since.isoformat(),
        "first_answered_at": ticket.first_answered_at.isoformat() if ticket.first_answered_at else None,
        "answered_at": ticket.answered_at.isoformat() if ticket.answered_at else None,
        "person_wrote_at": ticket.person_wrote_at.isoformat() if ticket.person_wrote_at else None,
        "reasons_asked_on": f"{ticket.reasons_asked_on}" if ticket.reasons_asked_on else None,
        "decided_on": f"{ticket.decided_on}" if ticket.decided_on else None,
    }


def go_on(ticket: Ticket, then: str, by: User, at: datetime) -> None:
    """Assign the ticket to whoever answers, unless a colleague has it; the wait for us starts again."""
    changes: dict[str, Any] = {
        "state": State.OPEN,
        "assignee_id": ticket.assignee_id or by.pk,
        "waiting_since": at,
        "first_answered_at": ticket.first_answered_at or at,
        "answered_at": at,
        **OUR_WORD,
    }
    if outcome := ENDS_WITH.get(then):
        changes |= {"state": State.CLOSED, "outcome": outcome, "closed_at": at, "closed_by_id": by.pk}
        changes["decided_on"] = ticket.decided_on or local_day(at)
        closed = Closed(outcome=outcome)
        Event.objects.record(ticket.pk, kind=Event.Kind.CLOSED, by=by, at=at, data=closed)
    if then == AfterAnswer.REFUSE:
        changes["reasons_asked_on"] = None  # it says them
    if then == AfterAnswer.WAIT:
        changes["state"] = State.WAITING_PERSON
        waiting = Waiting(state=State.WAITING_PERSON)
        Event.objects.record(ticket.pk, kind=Event.Kind.WAITING, by=by, at=at, data=waiting)
    change(ticket, at=at, **changes)
    if not ticket.is_open and ticket.tasks_count:
        drop_spoken(ticket=ticket, at=at)


def _message(
    ticket: Ticket, draft: Draft, text: str, to: Recipient, stem: str, by: User, at: datetime
) -> Message:
    files, key = list(draft.files.order_by("pk")), f"{stem}:{to.address}:{to.channel}"[:200]
    point = ContactPoint.objects.filter(pk=to.contact_point_id).first() if to.contact_point_id else None
    return Message(
        key=key,
        kind=KIND,
        channel=to.channel,
        recipient=to.address,
        message_id=seals.new_message_id(ticket.reference),
        contact_point=point,
        files=tuple(str(file.file.name) for file in files),
        delay=UNDO + GRACE,
        payload=_payload(to.channel, _reply(ticket, text, files, by, lambda: _link(ticket, to, key, at))),
    )


def _link(ticket: Ticket, to: Recipient, key: str, at: datetime) -> str:
    """Add a follow-up link to their own addresses only: another one may be mistyped (threats: W09)."""
    return links.link_for(key, FOLLOW, ticket.pk, at) if to.contact_point_id is not None else ""


def _reply(
    ticket: Ticket, text: str, files: list[DraftFile], by: User, link: Callable[[], str] = str
) -> Reply:
    return Reply(
        ticket_id=ticket.pk,
        reference=ticket.reference,
        full=lambda: payload_of(ticket, text, by, link=link()),
        typed=text,
        files=[ReplyFile(file.name, file.content_type) for file in files],
        answers=None,
    )


def _participant_messages(message: Message, ticket: Ticket, draft: Draft, text: str, by: User) -> Message:
    """Build the same message for participants: they are known by e-mail, and do not get the link."""
    channel = channel_for(ContactPoint.Kind.EMAIL)
    payload = _payload(channel, _reply(ticket, text, list(draft.files.order_by("pk")), by))
    return replace(message, channel=channel, payload=payload)


def _payload(channel: str, reply: Reply) -> dict[str, Any]:
    """Return the channel's payload; raises Refused when the channel cannot carry it."""
    payload = compose(channel, reply)
    if payload.why_not:
        raise Refused(payload.why_not)
    return payload.content


def pass_files(draft: Draft, touchpoint: Touchpoint) -> None:
    """Move the files' rows to the touchpoint; their bytes stay where they are."""
    Attachment.objects.bulk_create(
        Attachment(
            touchpoint=touchpoint,
            name=file.name,
            file=str(file.file.name),
            size=file.size,
            sha256=file.sha256,
            content_type=file.content_type,
        )
        for file in draft.files.order_by("pk")
    )
