"""What the quarantine page shows: the count that must balance, a list, the state of the channels."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min, Q
from django.utils.translation import gettext as _

from channels_app.intake.listing import CAP, ENDS, ListQuery, Slice, digest, reasons_of, since, slice_of
from channels_app.intake.models import Arrival
from channels_app.intake.services import Balance, reconcile
from channels_app.intake.services.reconciling import OLDEST_PENDING_S
from channels_app.registry import kinds
from requests_app.accounts.models import User
from requests_app.channels.registry import keys, label_of
from requests_app.lib import french

LAST_DISCARDED = 5
MAX_REASONS = 12
MAX_FOUND = 100


@dataclass(frozen=True, slots=True)
class Term:
    """One term of ui/equation.html."""

    sign: str
    figure: int
    words: str
    is_hot: bool = False
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """One row of ui/health.html."""

    kind: str
    sentence: str
    word: str
    look: str
    icon: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of the list, or its removal."""

    words: str
    query: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The whole page; ``gap`` is 0 when the count balances, ``waits`` is how long the oldest has been unread
    when that is too long. ``total`` is capped."""

    terms: list[Term]
    gap: int
    waits: timedelta | None
    shown: Slice
    total: int
    channels: list[Filter]
    reasons: list[Filter]
    last_discarded: list[Arrival]
    doors: list[Door]

    @property
    def waits_words(self) -> str:
        return french.delay(self.waits) if self.waits else ""

    @property
    def total_words(self) -> str:
        if self.total > CAP:
            return _("plus de %(n)s") % {"n": french.number(CAP)}
        return french.number(self.total)


def board(chosen: ListQuery, *, now: datetime) -> Board:
    """Read the whole page; the number of statements does not depend on the number of arrivals."""
    balance = reconcile(at=now, since=since(now))
    whole = chosen.arrivals(now)
    reasons = reasons_of(whole)
    listed = whole
    if chosen.reason:
        listed = whole.filter(reason__in=[words for words in reasons if digest(words) == chosen.reason])
    return Board(
        terms=_terms(balance, chosen),
        gap=balance.gap,
        waits=None if balance.is_in_time else timedelta(seconds=balance.oldest_pending_s or 0),
        shown=slice_of(listed, chosen),
        total=listed.values("pk")[: CAP + 1].count(),
        channels=_channels(chosen),
        reasons=[_reason(words, count, chosen) for words, count in reasons.most_common(MAX_REASONS)],
        last_discarded=_last_discarded() if chosen.is_waiting else [],
        doors=_doors(since(now), now),
    )


def discarded_because(words: str) -> list[Arrival]:
    """Return the discarded arrivals, of any age, whose reason contains these words; latest first."""
    found = Arrival.objects.discarded().with_reason(words).for_lists()
    return list(found.order_by("-received_at", "-pk")[:MAX_FOUND])


def just_discarded(by: User, ids: tuple[int, ...]) -> list[int]:
    """Return those of the ids that this agent discarded, to offer an undo."""
    mine = Arrival.objects.discarded().filter(pk__in=ids, ended_by=by)
    return list(mine.order_by("pk").values_list("pk", flat=True))


def just_made(by: User, ids: tuple[int, ...]) -> Arrival | None:
    """Return the arrival of which this agent has just made a ticket, to offer an undo."""
    made = Arrival.objects.select_related("touchpoint__ticket").filter(pk__in=ids, ended_by=by).first()
    return made if made and made.is_made and made.touchpoint else None


def _last_discarded() -> list[Arrival]:
    last = Arrival.objects.discarded().for_lists()
    return list(last.order_by("-received_at", "-pk")[:LAST_DISCARDED])


def _terms(balance: Balance, chosen: ListQuery) -> list[Term]:
    def term(sign: str, figure: int, words: str, code: str, *, is_hot: bool = False) -> Term:
        url = ListQuery(end=ENDS[code]).url()
        return Term(sign, figure, words, is_hot, url, is_current=code == chosen.end.code)

    hot = balance.quarantined > 0
    return [
        term("", balance.received, _("reçues en 30 jours, ou en attente"), "toutes"),
        term("=", balance.heard, _("jointes à une demande"), "jointes"),
        term("+", balance.discarded, _("écartées, avec un motif"), "ecartees"),
        term("+", balance.quarantined, _("en quarantaine"), "quarantaine", is_hot=hot),
        term("+", balance.pending, _("en cours de lecture"), "en-cours"),
    ]


def _channels(chosen: ListQuery) -> list[Filter]:
    offered = [kind for kind in keys() if kind in kinds() or kind == chosen.channel]
    named = [("", _("Tous les canaux")), *((kind, label_of(kind)) for kind in offered)]
    return [
        Filter(words, chosen.address_with(channel=kind, reason=""), kind == chosen.channel)
        for kind, words in named
    ]


def _reason(words: str, count: int, chosen: ListQuery) -> Filter:
    is_current = digest(words) == chosen.reason
    return Filter(words, chosen.address_with(reason="" if is_current else digest(words)), is_current, count)


def _doors(since: datetime, now: datetime) -> list[Door]:
    """Return every configured channel, those that received nothing too."""
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
