"""Where the agent is among the lists: view, channel and sort, stored in the address (threats: W04)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from requests_app.access.scope import Scope
from requests_app.accounts.models import User
from requests_app.catalog.models import Topic
from requests_app.channels.registry import keys
from requests_app.indicators.apart import told_apart
from requests_app.lib import french
from requests_app.routing.territory import Site
from requests_app.tickets.deadlines import midnight
from requests_app.tickets.models import Ticket
from requests_app.tickets.models.tickets import TicketQuerySet
from requests_app.tickets.selectors.ordering import DANGER_FIRST, DEFAULT_SORT, SORTS, Mark, Sort, value_of
from requests_app.tickets.selectors.views import DEFAULT_VIEW, VIEWS, Period, View, list_view, views_for
from requests_app.www.backoffice.ticket.choices import territory_of

KEYS = frozenset({"vue", "canal", "tri", "lieu", "du", "au", "sujet", "compte"})
EXACT = "exact"  # reached from a number: the list counts itself fully, whatever the cap
ALL_PLACES = "tous"
MAX_WINDOW = timedelta(days=400)
YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as the agent chose it."""

    view: View
    channel: str
    sort: Sort
    place: str = ""
    maison: Site | None = None
    first: date | None = None
    last: date | None = None
    topic: Topic | None = None
    is_exact: bool = False

    @property
    def query(self) -> str:
        """Return « vue=a-trier&canal=mail », what addresses carry."""
        return self.address_with(self.view, self.channel, self.sort)

    def address_with(self, view: View, channel: str = "", sort: Sort | None = None) -> str:
        chosen = {"vue": view.code}
        if channel:
            chosen["canal"] = channel
        if sort and sort.code != DEFAULT_SORT:
            chosen["tri"] = sort.code
        if self.place:
            chosen["lieu"] = self.place
        if view.has_period and self.first and self.last:
            chosen |= {"du": self.first.isoformat(), "au": self.last.isoformat()}
        if self.topic:
            chosen["sujet"] = self.topic.code
        if self.is_exact and view == self.view:
            chosen["compte"] = EXACT
        return urlencode(chosen)

    @property
    def title(self) -> str:
        """Write « Reçues, Lyon 8, du lundi 2 au jeudi 26 novembre »: the filters missing from the menu."""
        words = [str(self.view.label)]
        if self.maison:
            words.append(self.maison.label)
        if self.topic:
            words.append(self.topic.label)
        if self.view.has_period and self.first and self.last:
            days = {"first": french.day(self.first), "last": french.day(self.last)}
            words.append(_("du %(first)s au %(last)s") % days)
        return ", ".join(words)

    @property
    def period(self) -> Period | None:
        if not (self.first and self.last):
            return None
        return midnight(self.first), midnight(self.last + timedelta(days=1))

    def maison_id(self, user: User, scope: Scope) -> int | None:
        """Return the Maison of the address, or of the top bar when the address names none."""
        if self.place:
            return self.maison.pk if self.maison else None
        return narrowed_to(user, scope)

    @property
    def whole_url(self) -> str:
        """Return the same view by every channel."""
        return f"{reverse('backoffice:triage')}?{self.address_with(self.view)}"

    @property
    def sort_url(self) -> str:
        return f"{reverse('backoffice:triage')}?{self.address_with(VIEWS[DEFAULT_VIEW])}"

    @property
    def mine_url(self) -> str:
        return f"{reverse('backoffice:triage')}?{self.address_with(VIEWS['mes-demandes'])}"

    def tickets(self, *, scope: Scope, maison_id: int | None, now: datetime) -> TicketQuerySet:
        return list_view(
            self.view,
            scope=scope,
            maison_id=maison_id,
            channel=self.channel,
            now=now,
            period=self.period,
            topic_id=self.topic_id,
        )

    @property
    def topic_id(self) -> int | None:
        return self.topic.pk if self.topic else None

    def mark_of(self, ticket: Ticket, scope: Scope) -> Mark:
        """Return the position of a ticket in this list."""
        return Mark(value_of(self.sort, ticket, scope), ticket.pk)


def read_listing(request: HttpRequest, scope: Scope, *, also: Collection[str] = ()) -> Listing:
    """Parse the address; anything that is not in our closed lists is a bad request."""
    params = request.GET
    if not set(params) <= KEYS | set(also):
        raise BadRequest("unknown parameter")
    view = VIEWS.get(params.get("vue", DEFAULT_VIEW))
    sort = SORTS.get(params.get("tri", DEFAULT_SORT))
    if view and sort and view.puts_danger_first and sort.code == DEFAULT_SORT:
        sort = DANGER_FIRST
    channel = params.get("canal", "")
    if view is None or sort is None or not (view.is_behind or view in views_for(scope)):
        raise BadRequest("unknown list or sort")
    if channel and channel not in keys():
        raise BadRequest("unknown channel")
    if params.get("compte", EXACT) != EXACT:
        raise BadRequest("unknown way of counting")
    first, last = _read_day(params, "du"), _read_day(params, "au")
    if view.has_period and not (first and last and timedelta() <= last - first <= MAX_WINDOW):
        raise BadRequest("this list needs its days")
    place = params.get("lieu", "")
    maison, topic = _read_maison(request, scope, place), read_topic(request)
    return Listing(view, channel, sort, place, maison, first, last, topic, is_exact="compte" in params)


def _read_maison(request: HttpRequest, scope: Scope, code: str) -> Site | None:
    if code in {"", ALL_PLACES}:
        return None
    site = territory_of(request).sites.get(code)
    if site is None or not scope.can_see(site.pk):
        raise BadRequest("not a place of this agent")
    return site


def read_topic(request: HttpRequest) -> Topic | None:
    """Return the topic of the address: one of those that statistics may tell apart (threats: A03)."""
    code = request.GET.get("sujet", "")
    if not code:
        return None
    topic = told_apart(territory_of(request).topics).get(code)
    if topic is None:
        raise BadRequest("not a topic that is told apart")
    return topic


def _read_day(params: QueryDict, key: str) -> date | None:
    try:
        day = date.fromisoformat(str(params[key])) if key in params else None
    except ValueError as error:
        raise BadRequest("not a day") from error
    if day and day.year not in YEARS:
        raise BadRequest("not a day of ours")
    return day


def read_mark(params: QueryDict, key: str) -> Mark | None:
    """Parse a position in the list; None when there is none."""
    try:
        return Mark.read(str(params[key])) if key in params else None
    except ValueError as error:
        raise BadRequest("not a place of a list") from error


def read_number(params: QueryDict, key: str) -> int | None:
    """Parse a whole number; None when there is none."""
    written = params.get(key)
    if written is None:
        return None
    if not (written.isascii() and written.isdigit() and len(written) <= 18):
        raise BadRequest("not a number")
    return int(written)


def narrowed_to(user: User, scope: Scope) -> int | None:
    """Return the Maison chosen in the top bar, while it is still one of the agent's."""
    chosen = user.current_maison_id
    return chosen if chosen is not None and scope.can_see(chosen) else None
