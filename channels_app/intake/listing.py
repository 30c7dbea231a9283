"""Which arrivals the page lists: state, channel and reason are in the address (threats: W04)."""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app.intake.models import Arrival
from channels_app.intake.models.arrivals import ArrivalQuerySet
from requests_app.channels.registry import keys
from requests_app.tickets.selectors.ordering import Mark

DAYS = 30
PER_PAGE = 20
CAP = 1000  # arrivals that are counted, and whose reasons are offered as filters
MAX_ADDRESS_LIST_LENGTH = 50
KEYS = frozenset({"etat", "canal", "motif", "apres", "avant", "coches", "ecartees", "faite"})
ALL_OF_THE_PAGE = "page"
State = Arrival.State


@dataclass(frozen=True, slots=True)
class End:
    """One list: its code in the address, its title, its states; oldest first when they wait."""

    code: str
    title: str | Promise
    state: str = ""
    is_oldest_first: bool = False


ENDS = {
    end.code: end
    for end in (
        End("quarantaine", _("En quarantaine"), State.QUARANTINED, is_oldest_first=True),
        End("ecartees", _("Écartées en 30 jours"), State.DISCARDED),
        End("jointes", _("Jointes à une demande en 30 jours"), State.HEARD),
        End("en-cours", _("En cours de lecture"), State.PENDING, is_oldest_first=True),
        End("toutes", _("Reçues en 30 jours")),
    )
}
DEFAULT_END = "quarantaine"


def since(now: datetime) -> datetime:
    return now - timedelta(days=DAYS)


@dataclass(frozen=True, slots=True)
class ListQuery:
    """The requested list; ``reason`` is the digest of a reason: an address holds nobody's words."""

    end: End = ENDS[DEFAULT_END]
    channel: str = ""
    reason: str = ""
    after: Mark | None = None
    before: Mark | None = None
    ticked: frozenset[int] = frozenset()
    is_all_ticked: bool = False
    just_discarded: tuple[int, ...] = ()
    just_made: tuple[int, ...] = ()

    @property
    def query(self) -> str:
        """Return the query string of the list itself."""
        asked = {"etat": self.end.code, "canal": self.channel, "motif": self.reason}
        return urlencode({key: value for key, value in asked.items() if value})

    def address_with(self, **changes: str) -> str:
        """Return the address of the same list with these changes."""
        return replace(self, **changes).query  # type: ignore[arg-type]

    @property
    def place(self) -> dict[str, str]:
        """Return the page shown, for an address."""
        marks = {"apres": self.after, "avant": self.before}
        return {key: str(mark) for key, mark in marks.items() if mark}

    def url(self, **more: str) -> str:
        """Return the address of this list; ``more`` is added this time only."""
        kept = f"{reverse('intake:quarantine')}?{self.query}"
        return f"{kept}&{urlencode(more)}" if more else kept

    @property
    def is_waiting(self) -> bool:
        """Return whether the list is the one to decide on."""
        return self.end.state == State.QUARANTINED

    @property
    def is_discarded(self) -> bool:
        return self.end.state == State.DISCARDED

    @property
    def is_narrowed(self) -> bool:
        return bool(self.channel or self.reason)

    def arrivals(self, now: datetime) -> ArrivalQuerySet:
        """Return the arrivals of the list, whatever their reason."""
        found = Arrival.objects.recent(since(now))
        if self.end.state:
            found = found.filter(state=self.end.state)
        return found.filter(channel=self.channel) if self.channel else found


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of a list, and the places where its neighbours begin."""

    rows: list[Arrival]
    previous: Mark | None
    next: Mark | None


def parse_query(request: HttpRequest) -> ListQuery:
    """Read the address; anything that is not in our closed lists is a bad request."""
    given = request.GET
    end = ENDS.get(given.get("etat", DEFAULT_END))
    channel, reason, ticked = (given.get(key, "") for key in ("canal", "motif", "coches"))
    if not set(given) <= KEYS or end is None or (channel and channel not in keys()):
        raise BadRequest("unknown list")
    if reason and not (len(reason) == 8 and set(reason) <= set("0123456789abcdef")):
        raise BadRequest("unknown reason")
    is_all = ticked == ALL_OF_THE_PAGE
    return ListQuery(
        end=end,
        channel=channel,
        reason=reason,
        after=_mark(given.get("apres")),
        before=_mark(given.get("avant")),
        ticked=frozenset() if is_all else frozenset(numbers(ticked)),
        is_all_ticked=is_all,
        just_discarded=tuple(numbers(given.get("ecartees", ""))),
        just_made=tuple(numbers(given.get("faite", ""))),
    )


def _mark(written: str | None) -> Mark | None:
    try:
        return Mark.read(written) if written else None
    except ValueError as error:
        raise BadRequest("not a place of a list") from error


def numbers(written: str) -> list[int]:
    """Read « 3,8,12 » as a choice of arrivals; what is not a number is left out."""
    pieces = written.split(",")[:MAX_ADDRESS_LIST_LENGTH]
    return [int(piece) for piece in pieces if piece.isascii() and piece.isdigit() and len(piece) < 19]


def digest(reason: str) -> str:
    """Return what stands for a reason in an address."""
    return hashlib.sha256(reason.encode()).hexdigest()[:8]


def reasons_of(arrivals: ArrivalQuerySet) -> Counter[str]:
    """Return the reasons of a list, of its first thousand."""
    return Counter(arrivals.exclude(reason="").values_list("reason", flat=True)[:CAP])


def slice_of(arrivals: ArrivalQuerySet, chosen: ListQuery) -> Slice:
    """Read one page, after a place, before a place, or the first: the last costs the same as the first."""
    mark, is_backward = (chosen.before, True) if chosen.before else (chosen.after, False)
    is_up = chosen.end.is_oldest_first != is_backward
    if mark and mark.at:
        arrivals = arrivals.filter(_beyond(mark, is_up=is_up))
    order = ("received_at", "pk") if is_up else ("-received_at", "-pk")
    found = list(arrivals.for_lists().order_by(*order)[: PER_PAGE + 1])
    has_more, found = len(found) > PER_PAGE, found[:PER_PAGE]
    if is_backward:
        found.reverse()
    return Slice(
        rows=found,
        previous=_place(found[0]) if found and (has_more if is_backward else mark) else None,
        next=_place(found[-1]) if found and (is_backward or has_more) else None,
    )


def _place(arrival: Arrival) -> Mark:
    return Mark(arrival.received_at, arrival.pk)


def _beyond(mark: Mark, *, is_up: bool) -> Q:
    side = "gt" if is_up else "lt"
    same = Q(received_at=mark.at, **{f"pk__{side}": mark.id})
    # Repeated so that the index is entered at the place.
    return Q(**{f"received_at__{side}e": mark.at}) & (Q(**{f"received_at__{side}": mark.at}) | same)
