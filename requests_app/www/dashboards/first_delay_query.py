"""What is looked at of first appointments: a place, a type, whom, which delay, since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.access.scope import Scope
from requests_app.accounts.agent_request import AgentRequest
from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.selectors.cases import Case, Kind
from requests_app.indicators.where import where_of
from requests_app.lib.months import add_months, first_of_month
from requests_app.www.backoffice.ticket.choices import territory_of
from requests_app.www.backoffice.triage.listing import ALL_PLACES
from requests_app.www.dashboards.asking import Option, read_place, whole_label

MONTHS = {"3-mois": 3, "6-mois": 6, "12-mois": 12}
PERIODS = {"3-mois": _("3 mois"), "6-mois": _("6 mois"), "12-mois": _("12 mois")}
WHOM = {"": _("Tout le monde"), "premiere": _("Première fois"), "deja-venues": _("Déjà venues")}
DELAYS = {"propose": Kind.OFFERED, "troisieme": Kind.THIRD_NEXT, "pris": Kind.BOOKED, "tenu": Kind.HELD}
NAMES = {
    Kind.OFFERED: _("Premier créneau montré"),
    Kind.THIRD_NEXT: _("Troisième créneau libre"),
    Kind.BOOKED: _("Rendez-vous pris"),
    Kind.HELD: _("Rendez-vous qui a eu lieu"),
}
KEYS = frozenset({"lieu", "type", "qui", "delai", "periode"})


@dataclass(frozen=True, slots=True)
class DelayQuery:
    """``maison`` and ``type`` are codes, "" for all; ``allowed`` are the Maisons of the scope, None: all.

    ``maison_ids`` are the keys of the Maisons looked at, None: all of the territory.
    """

    place: str
    place_label: str
    maison: str
    allowed: frozenset[str] | None
    maison_ids: frozenset[int] | None
    type: str
    whom: str
    delay: str
    period: str
    first: date
    last: date

    @property
    def kind(self) -> Kind:
        return DELAYS[self.delay]

    @property
    def query(self) -> str:
        asked = {"lieu": self.place, "type": self.type, "qui": self.whom}
        return urlencode(asked | {"delai": self.delay, "periode": self.period})

    def holds(self, case: Case) -> bool:
        """Tell whether a case is of the place, the type and the persons asked for."""
        if self.allowed is not None and case.maison not in self.allowed:
            return False
        if (self.maison and case.maison != self.maison) or (self.type and case.type != self.type):
            return False
        return not self.whom or case.is_first_time in (None, self.whom == "premiere")


def read_query(
    request: AgentRequest, scope: Scope, today: date, types: Mapping[str, AppointmentType]
) -> DelayQuery:
    """Parse the address; anything that is not in our closed lists is a bad request."""
    given = request.GET
    kind, whom = given.get("type", ""), given.get("qui", "")
    delay, period = given.get("delai", "tenu"), given.get("periode", "6-mois")
    is_known = whom in WHOM and delay in DELAYS and period in MONTHS and (not kind or kind in types)
    if not set(given) <= KEYS or not is_known:
        raise BadRequest("unknown delays")
    sites, maison_id = territory_of(request).sites.values(), read_place(request, scope)
    site = next((each for each in sites if each.pk == maison_id), None)
    covered = frozenset(each.code for each in sites if scope.listed_places.covers(each.pk))
    return DelayQuery(
        place=site.code if site else ALL_PLACES,
        place_label=site.label if site else whole_label(scope),
        maison=site.code if site else "",
        allowed=None if scope.listed_places.everywhere else covered,
        maison_ids=where_of(scope, maison_id).maisons,
        type=kind,
        whom=whom,
        delay=delay,
        period=period,
        first=add_months(first_of_month(today), 1 - MONTHS[period]),
        last=today,
    )


def options(labels: Mapping[str, str | Promise], current: str) -> list[Option]:
    return [Option(value, str(label), value == current) for value, label in labels.items()]
