"""The reasons of a refusal by silence: once asked for, we owe them within a month (CRPA, art. L232-4)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.catalog.models import Regime
from requests_app.channels.description import Medium
from requests_app.channels.registry import keys_of
from requests_app.lib import french
from requests_app.lib.months import add_months
from requests_app.tickets.competence import is_with_our_service
from requests_app.tickets.deadlines import (
    appeal_until,
    clock_of,
    local_day,
    midnight,
    reasons_due,
    threshold_of,
)
from requests_app.tickets.errors import Refused
from requests_app.tickets.messages.receipt import IS_MAILED
from requests_app.tickets.models import Event, Ticket, ToDo, Touchpoint
from requests_app.tickets.models.event_data import ReasonsAsked
from requests_app.tickets.services.moves import move, require_handler
from requests_app.tickets.services.own_services import require_awaited
from requests_app.tickets.todos import ask_all, drop


@transaction.atomic
def note_reasons_asked(*, ticket: Ticket, asked_on: date | None, by: User, at: datetime) -> None:
    """Note the day the person asked why (today by default), and ask agents to answer by the deadline."""
    require_handler(ticket, by)
    require_awaited(ticket)
    asked_on = asked_on or local_day(at)
    _require_askable(ticket, asked_on, local_day(at))
    move(
        ticket,
        kind=Event.Kind.REASONS_ASKED,
        by=by,
        at=at,
        data=ReasonsAsked(asked_on=asked_on, due_on=add_months(asked_on, 1)),
        reasons_asked_on=asked_on,
    )
    _drop_tasks(ticket, at)
    ask_all(reasons_tasks([ticket], at=at))


@transaction.atomic
def undo_reasons_asked(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Undo the note: nobody asked for reasons, and its task is dropped."""
    require_handler(ticket, by)
    require_awaited(ticket)
    if ticket.reasons_asked_on is None:
        raise Refused(_("Aucune demande de raisons n’est notée."))
    move(ticket, kind=Event.Kind.REASONS_UNASKED, by=by, at=at, reasons_asked_on=None)
    _drop_tasks(ticket, at)


def reasons_tasks(tickets: list[Ticket], *, at: datetime) -> list[ToDo]:
    """Build one task per ticket whose reasons are owed, even past the deadline."""
    dated = [(ticket, due) for ticket in tickets if (due := reasons_due(ticket))]
    return [_task(ticket, due, at) for ticket, due in dated]


def _task(ticket: Ticket, due: date, at: datetime) -> ToDo:
    threshold = threshold_of((due - local_day(at)).days)
    words = _("Raisons du refus demandées : envoyez le refus avec ses raisons, au plus tard le %(day)s.")
    if is_with_our_service(ticket):
        words = _("Raisons du refus demandées : le service les donne au plus tard le %(day)s. Relancez-le.")
    return ToDo(
        ticket=ticket,
        kind=ToDo.Kind.LEGAL_DAY,
        text=words % {"day": french.full_date(due)},
        key=f"{_stem(ticket)}{due}:{threshold}",
        created_at=at,
        due_at=midnight(due),
    )


def _stem(ticket: Ticket) -> str:
    return f"reasons:{ticket.reference}:"


def _drop_tasks(ticket: Ticket, at: datetime) -> None:
    for key in ToDo.objects.to_do().filter(key__startswith=_stem(ticket)).values_list("key", flat=True):
        drop(key=key, at=at)


def _require_askable(ticket: Ticket, asked_on: date, today: date) -> None:
    """Require a refusal born before that day that may still be contested."""
    topic, clock = ticket.topic, clock_of(ticket)
    born = clock.day if clock else None
    if topic is None or topic.settled_regime != Regime.SILENCE_REFUSAL or born is None or born >= today:
        raise Refused(_("Notre silence n’a pas encore refusé cette demande."))
    if not born < asked_on <= today:
        raise Refused(_("Choisissez un jour entre le refus et aujourd’hui."))
    if asked_on > appeal_until(born) and topic.is_appeal_settled and _has_receipt(ticket):
        words = _("Le délai pour contester est fini depuis le %(day)s.")
        raise Refused(words % {"day": french.full_date(appeal_until(born))})


def _has_receipt(ticket: Ticket) -> bool:
    """Tell whether the receipt left; without it, the delay to contest does not run (art. L112-6)."""
    sent = Touchpoint.objects.filter(ticket=ticket, direction=Touchpoint.Direction.OUT)
    return (
        sent.filter(IS_MAILED).exists()
        or sent.filter(channel__in=keys_of(Medium.PAPER), facts__has_key="posted").exists()
    )
