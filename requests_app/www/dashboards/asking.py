"""What the manager looks at: a place, a topic, a period, a sort; stored in the address (threats: W04)."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from requests_app.access.scope import Scope
from requests_app.accounts.agent_request import AgentRequest
from requests_app.catalog.models import Topic
from requests_app.indicators.apart import told_apart
from requests_app.indicators.delays import PARIS
from requests_app.indicators.periods import CHOICES, DEFAULT, Choice, Period, period_of, previous_period
from requests_app.indicators.where import Where, where_of
from requests_app.lib import french
from requests_app.www.backoffice.ticket.choices import territory_of
from requests_app.www.backoffice.triage.listing import ALL_PLACES, EXACT, narrowed_to, read_topic

KEYS = frozenset({"lieu", "sujet", "periode", "tri", "sens"})
SORTS = ("lieu", "recues", "rythme", "attente", "retard", "mediane", "lente", "accueil")
DEFAULT_SORT = "retard"


@dataclass(frozen=True, slots=True)
class Option:
    """An entry of a select."""

    value: str
    label: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ReportQuery:
    """``place`` is a Maison's code or ALL_PLACES; ``maison_id`` None when it is all of the scope."""

    place: str
    place_label: str
    maison_id: int | None
    where: Where
    choice: Choice
    period: Period
    earlier: Period
    sort: str
    is_ascending: bool
    topic: Topic | None = None

    @property
    def query(self) -> str:
        asked = {"lieu": self.place, "periode": self.choice.code}
        if self.topic:
            asked["sujet"] = self.topic.code
        if (self.sort, self.is_ascending) != (DEFAULT_SORT, False):
            asked |= {"tri": self.sort, "sens": "asc" if self.is_ascending else "desc"}
        return urlencode(asked)

    def sorted_by(self, sort: str) -> str:
        """Return the address of the same page sorted by this; reversed when it already is."""
        is_ascending = not self.is_ascending if sort == self.sort else sort == "lieu"
        return replace(self, sort=sort, is_ascending=is_ascending).query

    def list_url(self, view: str, *, place: str = "", has_period: bool = False) -> str:
        """Return the list behind a number: the same tickets, no more and no less."""
        asked = {"vue": view, "lieu": place or self.place}
        if self.topic:
            asked["sujet"] = self.topic.code
        if not has_period:  # days bound a list: it is counted in full anyway
            asked["compte"] = EXACT
        if has_period:
            first, last = self.period.first, self.period.last
            asked |= {"tri": "arrivee", "du": first.isoformat(), "au": last.isoformat()}
        return f"{reverse('backoffice:triage')}?{urlencode(asked)}"

    def topic_url(self, code: str) -> str:
        """Return the list of what was received of one topic."""
        query = self.list_url("recues", has_period=True)
        return f"{query}&{urlencode({'sujet': code})}"

    @property
    def words(self) -> str:
        """Write « Lyon 8, APA à domicile, du lundi 2 au jeudi 26 novembre »."""
        words = {
            "place": f"{self.place_label}, {self.topic.label}" if self.topic else self.place_label,
            "first": french.day(self.period.first),
            "last": french.day(self.period.last),
        }
        return _("%(place)s, du %(first)s au %(last)s") % words


def read_asked(request: AgentRequest, scope: Scope, today: date) -> ReportQuery:
    """Parse the address; anything that is not in our closed lists is a bad request."""
    given = request.GET
    choice = CHOICES.get(given.get("periode", DEFAULT))
    sort, sens = given.get("tri", DEFAULT_SORT), given.get("sens", "desc")
    if not set(given) <= KEYS or choice is None or sort not in SORTS or sens not in {"asc", "desc"}:
        raise BadRequest("unknown figures")
    maison_id, topic = read_place(request, scope), read_topic(request)
    site = next((s for s in territory_of(request).sites.values() if s.pk == maison_id), None)
    period = period_of(choice, today)
    return ReportQuery(
        place=site.code if site else ALL_PLACES,
        place_label=site.label if site else whole_label(scope),
        maison_id=site.pk if site else None,
        where=where_of(scope, site.pk if site else None, topic.pk if topic else None),
        choice=choice,
        period=period,
        earlier=previous_period(period, choice),
        sort=sort,
        is_ascending=sens == "asc",
        topic=topic,
    )


def read_place(request: AgentRequest, scope: Scope) -> int | None:
    """Return the Maison asked for, else that of the top bar; None: all of the scope."""
    code = request.GET.get("lieu", "")
    if code == ALL_PLACES:
        return None
    if not code:
        return narrowed_to(request.user, scope)
    site = territory_of(request).sites.get(code)
    if site is None or not scope.can_see(site.pk):
        raise BadRequest("not a place of this agent")
    return site.pk


def whole_label(scope: Scope) -> str:
    return _("Tout le territoire") if scope.listed_places.everywhere else _("Toutes mes Maisons")


def place_options(request: HttpRequest, scope: Scope, place: str) -> list[Option]:
    sites = [site for site in territory_of(request).sites.values() if scope.listed_places.covers(site.pk)]
    options = [Option(site.code, site.label, site.code == place) for site in sites]
    if scope.listed_places.everywhere or len(options) > 1:
        options.insert(0, Option(ALL_PLACES, whole_label(scope), place == ALL_PLACES))
    return options


def topic_groups(request: HttpRequest, asked: ReportQuery) -> dict[str, list[Option]]:
    """Return the topics that may be told apart, by theme, as the catalog has them."""
    groups: dict[str, list[Option]] = {}
    for code, topic in told_apart(territory_of(request).topics).items():
        option = Option(code, topic.label, topic == asked.topic)
        groups.setdefault(topic.theme, []).append(option)
    return groups


def period_options(asked: ReportQuery) -> list[Option]:
    return [Option(each.code, str(each.label), each == asked.choice) for each in CHOICES.values()]


def today_of(now: object) -> date:
    return now.astimezone(PARIS).date()  # type: ignore[attr-defined]
