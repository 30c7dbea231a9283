"""Ask agents in time: 30, 15 and 5 days before silence decides, and before a receipt's ten days end."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from requests_app.catalog.models import Regime
from requests_app.channels.description import Medium
from requests_app.channels.registry import keys_of
from requests_app.lib import french
from requests_app.lib.alone import alone
from requests_app.lib.workdays import add_working_days
from requests_app.tickets.competence import AWAITED, is_with_our_service
from requests_app.tickets.deadlines import local_day, midnight, threshold_of
from requests_app.tickets.messages.receipt import IS_MAILED
from requests_app.tickets.models import Ticket, ToDo, Touchpoint
from requests_app.tickets.models.tickets import TicketQuerySet
from requests_app.tickets.models.todos import ToDoQuerySet
from requests_app.tickets.selectors.legal_days import candidates, pair_days, reasons_owed, settled_topics
from requests_app.tickets.services.corrected_receipts import correct_receipts
from requests_app.tickets.services.reasons import reasons_tasks
from requests_app.tickets.services.spoken_receipts import PREFIX, drop_outdated
from requests_app.tickets.todos import ask_all, drop

RECEIPT_AFTER, RECEIPT_WITHIN = 8, timedelta(days=30)
MAX_A_TURN = 2_000
LOCK = 0x4C_45_47_41_4C  # "LEGAL"


def watch_clocks(*, at: datetime) -> None:
    """Bring the legal tasks up to date; running twice changes nothing, and one worker runs it."""
    with alone(LOCK) as is_alone:
        if is_alone:
            _watch_silence(at)
            _watch_receipts(at)
            drop_outdated(at=at)
            correct_receipts(at=at)


@transaction.atomic
def _watch_silence(at: datetime) -> None:
    """Keep one task per ticket, for its nearest threshold; drop it when the day changes or it closes."""
    today = local_day(at)
    wanted = {}
    topics = settled_topics()
    for ticket, day in pair_days(candidates(Ticket.objects.all(), topics, today=today), today=today):
        task = _task(ticket, day, today, at)
        wanted[task.key] = task
    owed = reasons_tasks(list(reasons_owed(Ticket.objects.all(), topics)), at=at)
    wanted |= {task.key: task for task in owed}
    open_keys = set(_legal().to_do().values_list("key", flat=True))
    for key in sorted(open_keys - set(wanted)):
        drop(key=key, at=at)
    dropped = Q(done_at__isnull=False, done_by=None)  # its cause is back
    known = set(_legal().filter(key__in=wanted).exclude(dropped).values_list("key", flat=True))
    ask_all([task for key, task in wanted.items() if key not in known][:MAX_A_TURN])


def _legal() -> ToDoQuerySet:
    return ToDo.objects.filter(kind=ToDo.Kind.LEGAL_DAY)


def _task(ticket: Ticket, day: date, today: date, at: datetime) -> ToDo:
    left = (day - today).days
    threshold = threshold_of(left)
    is_refusal = bool(ticket.topic and ticket.topic.settled_regime == Regime.SILENCE_REFUSAL)
    refused = _("Sans décision le %(day)s, la demande sera refusée par notre silence.")
    accepted = _("Sans décision le %(day)s, la demande sera acceptée par notre silence.")
    words = (refused if is_refusal else accepted) % {"day": french.full_date(day)}
    if is_with_our_service(ticket):
        words = _("%(words)s Relancez le service qui l’a reçue.") % {"words": words}
    return ToDo(
        ticket=ticket,
        kind=ToDo.Kind.LEGAL_DAY,
        text=words,
        key=f"silence:{ticket.reference}:{day}:{threshold}",
        created_at=at,
        due_at=midnight(day),
    )


@transaction.atomic
def _watch_receipts(at: datetime) -> None:
    """Ask for the receipts due within ten working days, where a decision may be expected (R112-11-2)."""
    tasks = [_receipt_task(ticket, at) for ticket in _find_unacknowledged(at)]
    known = set(ToDo.objects.filter(key__in=[task.key for task in tasks]).values_list("key", flat=True))
    ask_all([task for task in tasks if task.key not in known])


def _receipt_task(ticket: Ticket, at: datetime) -> ToDo:
    to_sort = _("Triez la demande : 8 jours ouvrés sont passés, la loi en donne 10 pour l’accusé complet.")
    to_send = _("Envoyez ou remettez l’accusé complet : 8 jours ouvrés sont passés, la loi en donne 10.")
    return ToDo(
        ticket=ticket,
        kind=ToDo.Kind.ACKNOWLEDGE,
        text=to_send if ticket.topic_id else to_sort,
        key=f"receipt:{ticket.reference}",
        created_at=at,
    )


def _find_unacknowledged(at: datetime) -> Iterable[Ticket]:
    """Find awaited tickets nobody has answered, received between eight working days and a month ago."""
    today = local_day(at)
    last = _working_days_ago(today, RECEIPT_AFTER)
    is_sent = Touchpoint.objects.filter(ticket=OuterRef("pk"), direction=Touchpoint.Direction.OUT)
    receipts = is_sent.filter(IS_MAILED | Q(channel__in=keys_of(Medium.PAPER)))
    rows = Ticket.objects.filter(
        AWAITED,
        received_at__lt=midnight(last + timedelta(days=1)),
        received_at__gte=midnight(last - RECEIPT_WITHIN),
        first_answered_at=None,
        merged_into=None,
    )
    was_read = ToDo.objects.filter(ticket=OuterRef("pk"), key__startswith=PREFIX).exclude(done_by=None)
    return _asking(rows).filter(~Exists(receipts), ~Exists(was_read)).order_by("pk")[:MAX_A_TURN]


def _asking(rows: TicketQuerySet) -> TicketQuerySet:
    return rows.filter(Q(topic=None) | ~Q(topic__regime=Regime.NONE))


def _working_days_ago(today: date, count: int) -> date:
    """Return the last day since which that many working days have passed."""
    day = today - timedelta(days=count)
    while add_working_days(day, count) > today:
        day -= timedelta(days=1)
    return day
