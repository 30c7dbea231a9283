"""The table of Maisons: compared by working day and by the median delay, to judge a small one fairly."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.translation import gettext as _

from requests_app.indicators.delays import merge_delays
from requests_app.indicators.models import NOWHERE
from requests_app.indicators.statistics import PlaceRow, Statistics
from requests_app.lib import french
from requests_app.tickets.selectors.masking import NO_PLACE
from requests_app.www.backoffice.ticket.choices import territory_of
from requests_app.www.dashboards.asking import ReportQuery
from requests_app.www.dashboards.plot import format_days, format_minutes


@dataclass(frozen=True, slots=True)
class Row:
    """One Maison; ``share`` is the length of its bar, of a hundred. Without ``code`` no number leads on."""

    code: str
    label: str
    line: PlaceRow
    pace: float
    share: int = 0
    url: str = ""
    received_url: str = ""
    waiting_url: str = ""
    late_url: str = ""

    @property
    def pace_words(self) -> str:
        return french.number(self.pace, 1)

    @property
    def median_words(self) -> str:
        return format_days(self.line.median)

    @property
    def slow_words(self) -> str:
        return format_days(self.line.ninetieth)

    @property
    def wait_words(self) -> str:
        return format_minutes(self.line.wait)


@dataclass(frozen=True, slots=True)
class Head:
    """A column that can be sorted."""

    label: str
    url: str
    sort: str  # « ascending », « descending » or ""
    is_number: bool


KEYS: dict[str, Callable[[Row], float | str]] = {
    "lieu": lambda row: row.label.lower(),
    "recues": lambda row: row.line.received,
    "rythme": lambda row: row.pace,
    "attente": lambda row: row.line.waiting,
    "retard": lambda row: row.line.late,
    "mediane": lambda row: row.line.median or -1.0,
    "lente": lambda row: row.line.ninetieth or -1.0,
    "accueil": lambda row: -1 if row.line.wait is None else row.line.wait,
}


def heads(asked: ReportQuery) -> list[Head]:
    labels = {
        "lieu": _("Lieu"),
        "recues": _("Reçues"),
        "rythme": _("Par jour ouvré"),
        "attente": _("En attente"),
        "retard": _("Sans réponse > 5 j"),
        "mediane": _("1re réponse, médiane"),
        "lente": _("9 sur 10 en"),
        "accueil": _("À l’accueil, médiane"),
    }
    if asked.topic:  # nobody waits at a counter for a topic
        labels.pop("accueil")
    way = "ascending" if asked.is_ascending else "descending"
    return [
        Head(label, f"?{asked.sorted_by(code)}", way if code == asked.sort else "", code != "lieu")
        for code, label in labels.items()
    ]


def rows(request: HttpRequest, asked: ReportQuery, figures: Statistics) -> list[Row]:
    """Return one line per Maison that has anything to say, in the order asked; equals by name."""
    sites = {site.pk: site for site in territory_of(request).sites.values()}
    most = max([line.waiting for line in figures.places.values()], default=0) or 1
    found = []
    for pk, line in figures.places.items():
        site = sites.get(pk)
        label = site.label if site else str(NO_PLACE) if pk == NOWHERE else _("Lieu fermé")
        found.append(_row(asked, site.code if site else "", label, line, most))
    found.sort(key=KEYS["lieu"])
    found.sort(key=KEYS[asked.sort], reverse=not asked.is_ascending)
    return found


def _row(asked: ReportQuery, code: str, label: str, line: PlaceRow, most: int) -> Row:
    pace = line.received / (asked.period.working or 1)
    share = round(line.waiting / most * 100)
    if not code:
        return Row(code, label, line, pace, share)
    return Row(
        code,
        label,
        line,
        pace,
        share,
        url=f"?{replace(asked, place=code).query}",
        received_url=asked.list_url("recues", place=code, has_period=True),
        waiting_url=asked.list_url("attente", place=code),
        late_url=asked.list_url("plus-de-5-jours", place=code),
    )


def total_row(asked: ReportQuery, found: list[Row]) -> Row:
    """Build the last line: sums, and the delays of all the answers together."""
    line = PlaceRow(
        received=sum(row.line.received for row in found),
        waiting=sum(row.line.waiting for row in found),
        late=sum(row.line.late for row in found),
        delays=merge_delays(pair for row in found for pair in row.line.delays.items()),
        waits=merge_delays(pair for row in found for pair in row.line.waits.items()),
    )
    return Row("", asked.place_label, line, line.received / (asked.period.working or 1))
