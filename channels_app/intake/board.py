"""What the quarantine's page shows: the count that must be just, what waits, the state of the doors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Max, Min, Q
from django.utils.translation import gettext as _

from channels_app.intake.models import Arrival
from channels_app.intake.services import Balance, reconcile
from channels_app.intake.services.reconciling import OLDEST_PENDING_S
from channels_app.registry import kinds
from requests_app.accounts.models import User
from requests_app.lib import french

DAYS = 30
WAITING_PER_PAGE, DISCARDED_PER_PAGE = 20, 20


@dataclass(frozen=True, slots=True)
class Term:
    """One term of ui/equation.html."""

    sign: str
    figure: int
    words: str
    is_hot: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """One line of ui/health.html."""

    kind: str
    sentence: str
    word: str
    look: str
    icon: str


@dataclass(frozen=True, slots=True)
class Board:
    """The whole page; ``gap`` is 0 when the count is just."""

    terms: list[Term]
    gap: int
    waiting: "Page[Arrival]"
    discarded: "Page[Arrival]"
    doors: list[Door]


def board(*, now: datetime, waiting_page: str, discarded_page: str) -> Board:
    """Read it all; the number of statements does not follow the number of arrivals."""
    since = now - timedelta(days=DAYS)
    balance = reconcile(at=now, since=since)
    light = Arrival.objects.defer("facts").order_by("received_at", "pk")
    ended = Arrival.objects.filter(state=Arrival.State.DISCARDED, received_at__gte=since)
    recent = ended.select_related("ended_by").order_by("-ended_at", "-pk")
    return Board(
        terms=_terms(balance),
        gap=balance.gap,
        waiting=Paginator(light.quarantined(), WAITING_PER_PAGE).get_page(waiting_page),
        discarded=Paginator(recent, DISCARDED_PER_PAGE).get_page(discarded_page),
        doors=_doors(since, now),
    )


def just_discarded(by: User, ids: Sequence[int]) -> list[int]:
    """Those of the ids that this agent put aside, to offer the way back."""
    mine = Arrival.objects.filter(pk__in=ids, state=Arrival.State.DISCARDED, ended_by=by)
    return list(mine.order_by("pk").values_list("pk", flat=True))


def _terms(balance: Balance) -> list[Term]:
    return [
        Term("", balance.received, _("reçues en 30 jours")),
        Term("=", balance.heard, _("jointes à une demande")),
        Term("+", balance.discarded, _("écartées, avec un motif")),
        Term("+", balance.quarantined, _("en quarantaine"), is_hot=balance.quarantined > 0),
        Term("+", balance.pending, _("en cours de lecture")),
    ]


def _doors(since: datetime, now: datetime) -> list[Door]:
    """Every door of the settings, those that received nothing too."""
    pending = Q(state=Arrival.State.PENDING)
    rows = (
        Arrival.objects.filter(received_at__gte=since)
        .values("channel")
        .annotate(last=Max("received_at"), oldest=Min("received_at", filter=pending))
    )
    found = {row["channel"]: (row["last"], row["oldest"]) for row in rows}
    return [
        _door(kind, *found.get(kind, (None, None)), now) for kind in [*kinds(), *(found.keys() - kinds())]
    ]


def _door(kind: str, last: datetime | None, oldest: datetime | None, now: datetime) -> Door:
    if last is None:
        return Door(kind, _("rien reçu en 30 jours"), _("Calme"), "", "clock")
    if oldest and (now - oldest).total_seconds() > OLDEST_PENDING_S:
        sentence = _("une arrivée attend depuis %(delay)s") % {"delay": french.delay(now - oldest)}
        return Door(kind, sentence, _("En retard"), "warn", "hourglass-split")
    sentence = _("dernière arrivée il y a %(delay)s") % {"delay": french.delay(now - last)}
    return Door(kind, sentence, _("Marche"), "ok", "check-circle-fill")
