"""« Annuler l’envoi »: within ten seconds the text comes back into the composer (threats: O08)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.answers.models import Draft, DraftFile
from requests_app.answers.services.answering import GRACE, UNDO
from requests_app.answers.services.copying import take_copies_back
from requests_app.answers.services.settling import unsettle
from requests_app.events.models import Kind
from requests_app.outbox.services import cancel
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Event, Ticket, Touchpoint
from requests_app.tickets.services.facts import record_ticket
from requests_app.tickets.services.moves import change, require_handler, require_handler_here


@transaction.atomic
def unsend(*, touchpoint: Touchpoint, by: User, at: datetime) -> Draft:
    """Undo an answer before it leaves: its text and files are a draft again, the ticket as before.

    Raises Refused when it has left.
    """
    ticket = Ticket.objects.select_for_update().get(pk=touchpoint.ticket_id)
    require_handler(ticket, by)
    if not _stop(touchpoint, at):
        raise Refused(_("Trop tard : votre réponse est partie."))
    if not take_copies_back(touchpoint, at=at):
        raise Refused(_("Trop tard : votre réponse est partie."))
    record_ticket(ticket, Kind.TICKET_UNANSWERED, at=at)
    _give_back(ticket, touchpoint, at)
    unsettle(ticket, touchpoint.facts.get("settled", ""), at=at)
    Event.objects.record(ticket.pk, kind=Event.Kind.UNSENT, by=by, at=at)
    also = [pk for pk, _address in touchpoint.facts.get("also", [])]
    draft = restore_draft(touchpoint, also=also, by=by, at=at)
    _move_files(touchpoint, draft)
    touchpoint.delete()
    return draft


def _stop(touchpoint: Touchpoint, at: datetime) -> bool:
    """Cancel it in the outbox, or undo the note that it was posted."""
    if touchpoint.facts.get("by_post"):
        return at - touchpoint.recorded_at <= UNDO + GRACE
    return touchpoint.outgoing is not None and cancel(outgoing=touchpoint.outgoing, at=at)


@transaction.atomic
def reuse(*, touchpoint: Touchpoint, by: User, at: datetime) -> Draft:
    """Copy an answer that did not arrive into the composer, to send it another way.

    Participants are not selected: they have received theirs.
    """
    require_handler_here(touchpoint.ticket, by)
    return restore_draft(touchpoint, also=[], by=by, at=at)


def restore_draft(touchpoint: Touchpoint, *, also: list[int], by: User, at: datetime) -> Draft:
    """Write the draft on the surviving ticket; what the agent has begun to type meanwhile stays below."""
    there = touchpoint.ticket.merged_into_id or touchpoint.ticket_id
    draft = Draft.objects.answers().filter(ticket=there, author=by).first()
    if draft is None:
        draft = Draft(ticket_id=there, author=by, kind=Draft.Kind.ANSWER)
    if touchpoint.reply_text not in draft.text:
        draft.text = "\n\n".join(part for part in (touchpoint.reply_text, draft.text) if part.strip())
    draft.recipient = f"{touchpoint.channel}:{touchpoint.sender}"[:270] if touchpoint.sender else ""
    draft.also = also
    draft.updated_at = at
    draft.save()
    return draft


def _give_back(ticket: Ticket, touchpoint: Touchpoint, at: datetime) -> None:
    """Restore the ticket as before the answer, unless somebody has worked on it since."""
    before = dict(touchpoint.facts.get("before", {}))
    if before.pop("version", 0) != ticket.version:
        return
    instants = {"waiting_since", "first_answered_at", "answered_at", "person_wrote_at"}
    for name in instants & set(before):  # an answer of an earlier version stored fewer
        before[name] = datetime.fromisoformat(before[name]) if before[name] else None
    for name in {"reasons_asked_on", "decided_on"} & set(before):
        before[name] = date.fromisoformat(before[name]) if before[name] else None
    change(ticket, at=at, **before, outcome="", closed_at=None, closed_by_id=None)


def _move_files(touchpoint: Touchpoint, draft: Draft) -> None:
    DraftFile.objects.bulk_create(
        DraftFile(
            draft=draft,
            name=file.name,
            file=str(file.file.name),
            size=file.size,
            sha256=file.sha256,
            content_type=file.content_type,
        )
        for file in touchpoint.attachments.order_by("pk")
    )
