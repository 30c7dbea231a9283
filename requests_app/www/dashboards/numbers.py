"""The five numbers: what they are, where they lead, and whether they improve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests_app.indicators.delays import percentile
from requests_app.indicators.statistics import Statistics
from requests_app.lib import french
from requests_app.lib.workdays import is_working_day
from requests_app.www.dashboards.asking import ReportQuery
from requests_app.www.dashboards.plot import MIN_FOR_PERCENT

WIDE, HIGH, MARGIN = 160, 32, 5


@dataclass(frozen=True, slots=True)
class Trend:
    """« + 6 % »: ``look`` is good, bad or "" when neither; ``icon`` says up, down or level."""

    strong: str
    words: str
    icon: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """One card; ``points`` and ``end`` draw its small curve, "" when there is none; ``note``: of how many."""

    title: str
    figure: str
    unit: str
    url: str
    trend: Trend | None
    points: str = ""
    end: tuple[str, str] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fifth:
    """The last number: what is to place, or to entrust (docs/decisions/2026-11-25-numbers-and-lists.md)."""

    view: str
    title: str
    count: int
    note: str


def numbers(asked: ReportQuery, figures: Statistics, *, fifth: Fifth) -> list[Number]:
    waiting = sum(line.waiting for line in figures.places.values())
    late = sum(line.late for line in figures.places.values())
    stocks = _stocks(asked, figures)
    return [
        _received_number(asked, figures),
        Number(
            _("En attente de nous"),
            french.number(waiting),
            "",
            asked.list_url("attente"),
            _less(waiting, _previous(asked, figures, 0), is_share=True),
            *curve([each[0] for each in stocks]),
        ),
        Number(
            _("Sans réponse depuis plus de 5 jours"),
            french.number(late),
            _("sur %(n)s") % {"n": french.number(waiting)},
            asked.list_url("plus-de-5-jours"),
            _less(late, _previous(asked, figures, 1), is_share=False),
            *curve([each[1] for each in stocks]),
        ),
        _first_answer(asked, figures),
        Number(
            fifth.title, french.number(fifth.count), "", asked.list_url(fifth.view), None, note=fifth.note
        ),
    ]


def _received_number(asked: ReportQuery, figures: Statistics) -> Number:
    total = figures.total(asked.period.days).received
    days = [day for day in asked.period.days if is_working_day(day)]
    return Number(
        _("Demandes reçues"),
        french.number(total),
        "",
        asked.list_url("recues", has_period=True),
        _pace(total, asked, figures),
        *curve([figures.days[day].received if day in figures.days else 0 for day in days]),
    )


def _pace(total: int, asked: ReportQuery, figures: Statistics) -> Trend | None:
    """Compare by working day: a week with a holiday is no quieter week."""
    before = figures.total(asked.earlier.days).received
    if not before or not asked.earlier.working or not asked.period.working:
        return None
    now, then = total / asked.period.working, before / asked.earlier.working
    words = _("par jour ouvré, par rapport à avant")
    if min(total, before) < MIN_FOR_PERCENT:
        return _trend(round(now - then, 1), words, unit="", look="", decimals=1)
    return _trend(round((now - then) / then * 100), words, unit=" %", look="")


def _first_answer(asked: ReportQuery, figures: Statistics) -> Number:
    now, before = percentile(figures.delays[""], 0.5), percentile(figures.delays_before, 0.5)
    count = sum(figures.delays[""].values())
    trend = None
    if now is not None and before is not None:
        look = "" if now == before else "good" if now < before else "bad"
        words = _("c’est mieux") if look == "good" else _("par rapport à avant")
        trend = _trend(round(now - before, 1), words, unit=" j", look=look, decimals=1)
    return Number(
        _("Première réponse, délai médian"),
        "–" if now is None else french.number(now, 1),
        "" if now is None else _("j"),
        asked.list_url("repondues", has_period=True),
        trend,
        note=ngettext("sur %(n)s réponse", "sur %(n)s réponses", count) % {"n": french.number(count)},
    )


def _stocks(asked: ReportQuery, figures: Statistics) -> list[tuple[int, int, int]]:
    """Return each day's end; a day without statistics is as the day before."""
    found, last = [], _last_known(figures, asked.period.first)
    for day in asked.period.days:
        last = figures.stock.get(day, last)
        if last:
            found.append(last)
    return found


def _last_known(figures: Statistics, day: date) -> tuple[int, int, int] | None:
    known = [each for each in figures.stock if each < day]
    return figures.stock[max(known)] if known else None


def _previous(asked: ReportQuery, figures: Statistics, rank: int) -> int | None:
    last = _last_known(figures, asked.period.first)
    return last[rank] if last else None


def _less(now: int, before: int | None, *, is_share: bool) -> Trend | None:
    """Compare where fewer is better."""
    if before is None or (is_share and not before):
        return None
    is_share = is_share and min(now, before) >= MIN_FOR_PERCENT
    look = "" if now == before else "good" if now < before else "bad"
    words = {"good": _("c’est mieux"), "bad": _("à débloquer"), "": _("par rapport à avant")}[look]
    change = round((now - before) / before * 100) if is_share else now - before
    return _trend(change, words, unit=" %" if is_share else "", look=look)


def _trend(change: float, words: str, *, unit: str, look: str, decimals: int = 0) -> Trend:
    if not change:
        return Trend(_("Stable"), "", "arrow-right", "")
    sign, icon = ("+", "arrow-up-right") if change > 0 else ("−", "arrow-down-right")
    return Trend(f"{sign} {french.number(abs(change), decimals)}{unit}", words, icon, look)


def curve(values: Sequence[float]) -> tuple[str, tuple[str, str] | None]:
    """Return the points of a small curve and its last one."""
    if len(values) < 2:
        return "", None
    low, high = min(values), max(values)
    step, span = (WIDE - 2 * MARGIN) / (len(values) - 1), (high - low) or 1
    points = [
        (f"{MARGIN + n * step:.1f}", f"{HIGH - MARGIN - (value - low) / span * (HIGH - 2 * MARGIN):.1f}")
        for n, value in enumerate(values)
    ]
    return " ".join(f"{x},{y}" for x, y in points), points[-1]
