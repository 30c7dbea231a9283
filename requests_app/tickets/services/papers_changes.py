"""Change or cancel a request for documents; the clock and the person follow."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.lib import french
from requests_app.tickets.deadlines import local_day, waited_days
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import DocumentRequest, Event, Ticket
from requests_app.tickets.models.event_data import DocumentsDayChanged, DocumentsNamed
from requests_app.tickets.services.days_given import require_possible, require_reason_if_short, usual_day
from requests_app.tickets.services.moves import move, require_handler, require_open, require_reason
from requests_app.tickets.services.new_words import OUR_WORD
from requests_app.tickets.services.papers import state_with, tell
from requests_app.tickets.services.papers_told import is_told, papers_key
from requests_app.tickets.services.receipts import confirm
from requests_app.tickets.todos import drop

RESTORED_WITHIN = timedelta(minutes=10)


@transaction.atomic
def change_papers_day(*, ticket: Ticket, until: date, reason: str, by: User, at: datetime) -> None:
    """Change the deadline of the documents asked for, and tell the person again.

    A later one is always allowed. A nearer one leaves fifteen days to a person who has read the other.
    Once the deadline has passed, the clock has resumed: the new day starts a new delay.
    """
    require_handler(ticket, by)
    require_open(ticket)
    before = _day_given(ticket)
    if until == before:
        raise Refused(_("C’est déjà le jour donné."))
    require_possible(until, at=at)
    _require_harmless(ticket, until, before=before, reason=reason, at=at)
    _write_day(ticket, until, before=before, reason=reason.strip(), at=at)
    data = DocumentsDayChanged(before=before, until=until, reason=reason.strip())
    move(ticket, kind=Event.Kind.PAPERS_DAY, by=by, at=at, data=data, papers_until=until, **OUR_WORD)
    tell(ticket, at)


@transaction.atomic
def cancel_papers_request(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Cancel the last request, made in error; the documents of earlier ones are awaited again.

    Days already announced as suspended stay so: a refusal is never born in the past (art. L114-5).
    """
    require_handler(ticket, by)
    require_open(ticket)
    _day_given(ticket)
    row = ticket.document_requests.filter(arrived_at=None).order_by("-asked_at", "-pk").first()
    asked_at = row.asked_at if row else ticket.papers_asked_at or at
    was_told = is_told(ticket, since=asked_at)
    if row:
        _cancel(row, at=at, ended_at=at if was_told else asked_at)
    wanted = ticket.missing_papers
    changes = _as_before(ticket, at, ended_at=at if was_told else None)
    data = DocumentsNamed(documents=tuple(wanted.splitlines()))
    waited = waited_days(asked_at, ticket.papers_until, at) if was_told else 0
    days = ticket.papers_waited_days + waited
    move(
        ticket, kind=Event.Kind.PAPERS_CANCELLED, by=by, at=at, data=data, papers_waited_days=days, **changes
    )
    _tell_again(ticket, at)


@transaction.atomic
def restore_papers(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Restore the request just cancelled; after ten minutes, make a new one."""
    require_handler(ticket, by)
    require_open(ticket)
    row = ticket.document_requests.order_by("-asked_at", "-pk").first()
    if row is None or row.cancelled_at is None or row.cancelled_at < at - RESTORED_WITHIN:
        raise Refused(_("Demandez de nouveau ces papiers."))
    if not row.is_indispensable:
        ticket.document_requests.filter(arrived_at=None).update(arrived_at=row.asked_at)
    DocumentRequest.objects.filter(pk=row.pk).update(cancelled_at=None, arrived_at=None)
    data = DocumentsNamed(documents=tuple(row.documents.splitlines()))
    move(
        ticket,
        kind=Event.Kind.PAPERS_RESTORED,
        by=by,
        at=at,
        data=data,
        **_waiting_for(ticket, row),
        **OUR_WORD,
    )
    tell(ticket, at)


def _day_given(ticket: Ticket) -> date:
    """Return the deadline of what is still asked for, or refuse."""
    if not ticket.missing_papers or ticket.papers_until is None:
        raise Refused(_("Aucun papier n’est attendu."))
    return ticket.papers_until


def _require_harmless(ticket: Ticket, until: date, *, before: date, reason: str, at: datetime) -> None:
    """Refuse a nearer day that leaves the person under fifteen days, when they read the other one."""
    if before < until:
        if _is_over(before, at):
            require_reason_if_short(until, reason=reason, at=at)
    elif not _has_read_a_later_day(ticket, until, at):
        require_reason_if_short(until, reason=reason, at=at)
    elif until < usual_day(local_day(at)):
        words = _("La personne a lu un autre jour : laissez-lui 15 jours, jusqu’au %(day)s.")
        raise Refused(words % {"day": french.full_date(usual_day(local_day(at)))})
    else:
        require_reason(reason)


def _has_read_a_later_day(ticket: Ticket, until: date, at: datetime) -> bool:
    later = ticket.document_requests.filter(arrived_at=None, until__gt=until).order_by("asked_at").first()
    return is_told(ticket, since=later.asked_at if later else ticket.papers_asked_at or at)


def _is_over(until: date, at: datetime) -> bool:
    """Tell whether its suspension has ended: the legal clock runs again."""
    return until < local_day(at)


def _write_day(ticket: Ticket, until: date, *, before: date, reason: str, at: datetime) -> None:
    waiting = ticket.document_requests.filter(arrived_at=None)
    last = waiting.order_by("-asked_at", "-pk").first()
    if last and _is_over(before, at):
        DocumentRequest.objects.create(
            ticket=ticket,
            documents=ticket.missing_papers,
            is_indispensable=last.is_indispensable,
            asked_at=at,
            until=until,
            reason=reason,
        )
        return
    waiting.filter(until__gt=until).update(until=until)
    if last:
        waiting.filter(pk=last.pk).update(until=until, reason=reason or last.reason)


def _cancel(row: DocumentRequest, *, at: datetime, ended_at: datetime) -> None:
    """End it: that day, or as soon as asked when nobody was told; what it replaced is awaited again."""
    DocumentRequest.objects.filter(pk=row.pk).update(cancelled_at=at, arrived_at=ended_at)
    if not row.is_indispensable:
        ended = DocumentRequest.objects.filter(
            ticket=row.ticket_id, arrived_at=row.asked_at, cancelled_at=None
        )
        ended.exclude(pk=row.pk).update(arrived_at=None)


def _as_before(ticket: Ticket, at: datetime, *, ended_at: datetime | None) -> dict[str, object]:
    """Return what the ticket waits for without the request: the previous one, or nothing."""
    waiting = ticket.document_requests.filter(arrived_at=None).order_by("-asked_at", "-pk").first()
    if waiting:
        return {**_waiting_for(ticket, waiting), **OUR_WORD}
    came = ticket.document_requests.filter(cancelled_at=None).order_by("-arrived_at").first()
    return {
        "state": state_with(ticket, is_indispensable=False),
        "missing_papers": "",
        "papers_until": None,
        "papers_asked_at": None,
        "papers_complete_at": ended_at or (came.arrived_at if came else None),
    }


def _waiting_for(ticket: Ticket, row: DocumentRequest) -> dict[str, object]:
    return {
        "state": state_with(ticket, is_indispensable=row.is_indispensable),
        "missing_papers": row.documents,
        "papers_until": row.until,
        "papers_asked_at": row.asked_at,
        "papers_complete_at": None,
    }


def _tell_again(ticket: Ticket, at: datetime) -> None:
    """Say again what is still asked for, or that nothing is; cancel what had not left."""
    drop(key=papers_key(ticket), at=at)
    if ticket.missing_papers:
        tell(ticket, at)
    else:
        confirm(ticket=ticket, at=at)
