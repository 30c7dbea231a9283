"""Documents without which a ticket cannot be decided: requested with a deadline (CRPA, art. L114-5)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.channels.description import Medium
from requests_app.channels.registry import channel_of
from requests_app.tickets.deadlines import waited_days
from requests_app.tickets.errors import Refused
from requests_app.tickets.messages.receipt import is_said
from requests_app.tickets.models import DocumentRequest, Event, State, Ticket, ToDo
from requests_app.tickets.models.event_data import Cause, EventData, Waiting
from requests_app.tickets.services.days_given import require_possible, require_reason_if_short
from requests_app.tickets.services.moves import move, require_handler, require_open
from requests_app.tickets.services.new_words import OUR_WORD
from requests_app.tickets.services.papers_told import papers_key
from requests_app.tickets.services.posting import ask_for_letter
from requests_app.tickets.services.receipts import confirm, is_told_on_paper
from requests_app.tickets.todos import ask, drop

MAX_ROWS, MAX_LENGTH = 12, 120


@transaction.atomic
def ask_papers(
    *,
    ticket: Ticket,
    papers: Sequence[str],
    until: date,
    by: User,
    at: datetime,
    is_indispensable: bool = True,
    reason: str = "",
) -> None:
    """Request missing documents by a deadline: the person reads both in a receipt.

    The ticket waits for the person, unless it can be studied without (art. L114-5-1). Asked again, the new
    list replaces the first, and a deadline is never brought forward. ``reason`` is why fewer than
    fifteen days are given.
    """
    require_handler(ticket, by)
    require_open(ticket)
    if ticket.state == State.TO_SORT or ticket.topic_id is None:
        raise Refused(_("Triez d’abord la demande : le sujet dit quels papiers il faut."))
    wanted, reason = "\n".join(_clean(papers)), reason.strip()
    until = _day_given(ticket, until, reason, at)
    if not is_indispensable:
        _end_requests(ticket, at)
    DocumentRequest.objects.create(
        ticket=ticket,
        documents=wanted,
        is_indispensable=is_indispensable,
        asked_at=at,
        until=until,
        reason=reason,
    )
    state = state_with(ticket, is_indispensable=is_indispensable)
    move(
        ticket,
        kind=Event.Kind.WAITING if is_indispensable else Event.Kind.PAPERS_ASKED,
        by=by,
        at=at,
        data=Waiting(state=state, documents=tuple(wanted.splitlines()), until=until, reason=reason),
        state=state,
        missing_papers=wanted,
        papers_until=until,
        papers_asked_at=ticket.papers_asked_at or at,
        papers_complete_at=None,
        **OUR_WORD,
    )
    tell(ticket, at)


@transaction.atomic
def note_papers_complete(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Record that all documents arrived: the clock resumes, and the person is told the new day."""
    require_handler(ticket, by)
    require_open(ticket)
    if not ticket.missing_papers or ticket.papers_asked_at is None:
        raise Refused(_("Aucun papier n’est attendu."))
    waited = waited_days(ticket.papers_asked_at, ticket.papers_until, at)
    move(
        ticket,
        kind=Event.Kind.RESUMED,
        by=by,
        at=at,
        data=EventData(cause=Cause.DOCUMENTS_COMPLETE),
        state=State.OPEN if ticket.state == State.WAITING_PERSON else ticket.state,
        missing_papers="",
        papers_until=None,
        papers_asked_at=None,
        papers_complete_at=at,
        papers_waited_days=ticket.papers_waited_days + waited,
    )
    _end_requests(ticket, at)
    drop(key=papers_key(ticket), at=at)
    confirm(ticket=ticket, at=at)


def state_with(ticket: Ticket, *, is_indispensable: bool) -> State:
    """Return the state that waits for the person, or the one that studies without the documents."""
    if is_indispensable:
        return State.WAITING_PERSON
    return State.OPEN if ticket.state == State.WAITING_PERSON else State(ticket.state)


def _end_requests(ticket: Ticket, at: datetime) -> None:
    """End all requests: nothing is awaited any longer, and the clock runs again."""
    ticket.document_requests.filter(arrived_at=None).update(arrived_at=at)


def _day_given(ticket: Ticket, until: date, reason: str, at: datetime) -> date:
    """Return the later of the day chosen and of the one given before."""
    require_possible(until, at=at)
    given = max(until, ticket.papers_until or until)
    require_reason_if_short(given, reason=reason, at=at)
    return given


def _clean(papers: Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys(" ".join(paper.split()) for paper in papers if paper.strip()))
    if not wanted:
        raise Refused(_("Écrivez les papiers qui manquent, un par ligne."))
    if len(wanted) > MAX_ROWS or any(len(paper) > MAX_LENGTH for paper in wanted):
        raise Refused(_("Écrivez 12 papiers au plus, en 120 signes chacun."))
    return wanted


def tell(ticket: Ticket, at: datetime) -> None:
    """Tell the person by mail where possible; else on paper if they wrote so, or by an agent's voice."""
    receipt = confirm(ticket=ticket, at=at)
    if receipt.state != receipt.State.REFUSED if receipt else is_said(ticket):
        return
    is_paper = channel_of(ticket.channel).medium == Medium.PAPER
    if (is_paper and not ticket.is_in_danger) or is_told_on_paper(ticket):
        ask_for_letter(ticket=ticket, at=at)
    else:
        words = _("Dites à la personne quels papiers manquent, et avant quand.")
        ask(ticket=ticket, kind=ToDo.Kind.CALL, text=words, key=papers_key(ticket), at=at)
