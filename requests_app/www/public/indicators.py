"""How we answer, told to everybody: each Maison, quarter by quarter, as a page, a file, and on paper."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from requests_app.feedback.selectors import published_at
from requests_app.lib.spreadsheets import CONTENT_TYPES, Cell, as_csv
from requests_app.maisons.models import Maison
from requests_app.publication.quarters import Quarter
from requests_app.publication.selectors import (
    SHOWN_QUARTERS,
    Row,
    Sheet,
    published_quarters,
    read_history,
    read_sheet,
)
from requests_app.www.public.indicator_words import LABELS, METHODS, describe_all

QUARTER = "trimestre"  # the parameter of the address


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """Compare the Maisons over one quarter, the last published unless another is asked for."""
    quarters = published_quarters()
    if not quarters:
        return render(request, "public/indicators.html", {"quarter": None, "methods": _methods()})
    quarter = _read_quarter(request, quarters)
    sheet = read_sheet(quarter)
    context = {
        "quarter": quarter,
        "territory": describe_all(sheet.territory),
        "labels": LABELS.values(),
        "lines": [(maison, describe_all(sheet.maisons.get(maison.pk, {}))) for maison in _maisons()],
        "others": describe_all(sheet.others) if sheet.others else [],
        "methods": _methods(),
        **_neighbours(quarter, quarters),
    }
    return render(request, "public/indicators.html", context)


@require_safe
def indicators_of(request: HttpRequest, code: str) -> HttpResponse:
    """Show one Maison over two years, made to be printed and hung on its wall."""
    maison = get_object_or_404(Maison.objects.current(), code=code)
    quarters = published_quarters()[:SHOWN_QUARTERS]
    history = read_history(maison.pk, quarters)
    last = quarters[0] if quarters else None
    context = {
        "maison": maison,
        "quarter": last,
        "indicators": describe_all(history.get(last, {})) if last else [],
        "labels": LABELS.values(),
        "lines": [
            (quarter, describe_all(history[quarter])) for quarter in quarters[1:] if quarter in history
        ],
        "improvements": published_at(maison.pk),
        "methods": _methods(),
    }
    return render(request, "public/indicators_of.html", context)


@require_safe
def indicators_file(request: HttpRequest) -> HttpResponse:
    """Give the same numbers as open data, a line for each."""
    quarters = published_quarters()
    if not quarters:
        raise Http404
    quarter = _read_quarter(request, quarters)
    headers = {
        "Content-Disposition": f'attachment; filename="indicateurs-{quarter.code}.csv"',
        "X-Content-Type-Options": "nosniff",
    }
    content = as_csv(list_indicators(read_sheet(quarter)))
    return HttpResponse(content, content_type=CONTENT_TYPES["csv"], headers=headers)


def _read_quarter(request: HttpRequest, quarters: list[Quarter]) -> Quarter:
    """Return the quarter of the address; one that was not published is a page that does not exist."""
    if QUARTER not in request.GET:
        return quarters[0]
    quarter = Quarter.read(request.GET[QUARTER])
    if quarter not in quarters:
        raise Http404
    return quarter


def _neighbours(quarter: Quarter, quarters: list[Quarter]) -> dict[str, Quarter | None]:
    return {
        "earlier": max((each for each in quarters if each < quarter), default=None),
        "later": min((each for each in quarters if each > quarter), default=None),
    }


def _maisons() -> list[Maison]:
    return list(Maison.objects.current().order_by("label", "pk"))


def _methods() -> list[tuple[str, str]]:
    return [(str(LABELS[kind]), str(METHODS[kind])) for kind in LABELS]


def list_indicators(sheet: Sheet) -> Iterator[list[Cell]]:
    """Yield the head of the file, then a line for each number of each place."""
    yield [
        _("Trimestre"),
        _("Lieu"),
        _("Code"),
        _("Indicateur"),
        _("Nombre, arrondi à 5"),
        _("Part, en pour cent"),
        _("Moitié des personnes, au plus"),
        _("8 ou 9 personnes sur 10, au plus"),
        _("Unité"),
    ]
    places: list[tuple[str, str, Row]] = [(_("Tout le territoire"), "", sheet.territory)]
    places += [(maison.label, maison.code, sheet.maisons.get(maison.pk, {})) for maison in _maisons()]
    places.append((_("Lieux trop petits pour une ligne, ensemble"), "", sheet.others))
    for name, code, row in places:
        yield from _lines(sheet.quarter, name, code, row)


def _lines(quarter: Quarter, name: str, code: str, row: Row) -> Iterator[list[Cell]]:
    units = {"appointment": _("jours"), "wait": _("minutes")}
    for kind, each in sorted(row.items()):
        unit = units.get(kind, "")
        label = str(LABELS[each.Kind(kind)])
        yield [quarter.code, name, code, label, each.n, each.share, each.middle, each.most, unit]
