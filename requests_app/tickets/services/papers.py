"""Papers without which a demand cannot be decided: asked with a day, then all there (CRPA, art. L114-5)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.lib import french
from requests_app.tickets.deadlines import PARIS, waited_days
from requests_app.tickets.errors import Refused
from requests_app.tickets.messages.receipt import confirm
from requests_app.tickets.models import Channel, Event, State, Task, Ticket
from requests_app.tickets.services.moves import move, require_handler, require_open
from requests_app.tickets.services.new_words import OUR_WORD
from requests_app.tickets.services.posting import ask_for_letter
from requests_app.tickets.services.tasks import ask, drop

MOST, LONGEST = 12, 120


@transaction.atomic
def ask_papers(*, ticket: Ticket, papers: Sequence[str], until: date, by: User, at: datetime) -> None:
    """Say which papers are missing and until when they may come: the person reads it in her acknowledgment.

    The demand waits for her. Asked again, the new list replaces the first, and the wait goes on.
    """
    require_handler(ticket, by)
    require_open(ticket)
    if ticket.state == State.TO_SORT or ticket.topic_id is None:
        raise Refused(_("Triez d’abord la demande : le sujet dit quels papiers il faut."))
    if until <= at.astimezone(PARIS).date():
        raise Refused(_("Choisissez un jour à venir : la personne a besoin de temps."))
    wanted = _clean(papers)
    day = french.dated(until)
    reason = _("Papiers demandés avant le %(day)s : %(papers)s") % {"day": day, "papers": " ; ".join(wanted)}
    move(
        ticket,
        kind=Event.Kind.WAITING,
        by=by,
        at=at,
        data={"state": State.WAITING_PERSON, "reason": reason},
        state=State.WAITING_PERSON,
        missing_papers="\n".join(wanted),
        papers_until=until,
        papers_asked_at=ticket.papers_asked_at or at,
        papers_complete_at=None,
        **OUR_WORD,
    )
    _tell(ticket, at)


@transaction.atomic
def note_papers_complete(*, ticket: Ticket, by: User, at: datetime) -> None:
    """All papers are there: the clock of our silence goes on, and the person is told its new day."""
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
        data={"reason": _("Tous les papiers sont là.")},
        state=State.OPEN if ticket.state == State.WAITING_PERSON else ticket.state,
        missing_papers="",
        papers_until=None,
        papers_asked_at=None,
        papers_complete_at=at,
        papers_waited_days=ticket.papers_waited_days + waited,
    )
    drop(key=_key(ticket), at=at)
    confirm(ticket=ticket, at=at)


def _clean(papers: Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys(" ".join(paper.split()) for paper in papers if paper.strip()))
    if not wanted:
        raise Refused(_("Écrivez les papiers qui manquent, un par ligne."))
    if len(wanted) > MOST or any(len(paper) > LONGEST for paper in wanted):
        raise Refused(_("Écrivez 12 papiers au plus, en 120 signes chacun."))
    return wanted


def _tell(ticket: Ticket, at: datetime) -> None:
    """By mail when there is an address; else on paper to who wrote on paper, or by an agent's voice."""
    told = confirm(ticket=ticket, at=at)
    if told is not None and told.state != told.State.REFUSED:
        return
    if ticket.channel == Channel.Kind.LETTER and not ticket.is_in_danger:
        ask_for_letter(ticket=ticket, at=at)
    else:
        words = _("Dites à la personne quels papiers manquent, et avant quand.")
        ask(ticket=ticket, kind=Task.Kind.CALL, text=words, key=_key(ticket), at=at)


def _key(ticket: Ticket) -> str:
    return f"papers:{ticket.reference}"
