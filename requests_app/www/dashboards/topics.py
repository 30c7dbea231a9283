"""Tickets by topic; those that protect people are never told apart (indicators/apart.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests_app.catalog.models import Topic
from requests_app.indicators.apart import is_told_apart
from requests_app.indicators.statistics import Statistics
from requests_app.lib import french
from requests_app.tickets.selectors.counts import FEW, Count
from requests_app.www.dashboards.asking import ReportQuery
from requests_app.www.dashboards.plot import Plot
from requests_app.www.dashboards.plots import Bar, bars

MAX_ROWS = 8
STEPS = (FEW, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class TopicCount:
    """Tickets of one topic; without ``code``, of those that are never told apart."""

    label: str
    count: Count
    code: str = ""

    @property
    def length(self) -> int:
        """Return the length of its bar, which reveals no more than its words."""
        return max(self.count.figure, FEW) if self.count.is_hidden else self.count.figure


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics, the most asked first; ``together`` those that are not told apart, None when there is none.

    ``reserved`` says about how many of these protect people: a step, since day after day an exact number
    would tell each of them.
    """

    apart: list[TopicCount]
    together: TopicCount | None
    reserved: str

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Return label, count in words, code."""
        found = [(each.label, str(each.count), each.code) for each in self.apart]
        if self.together:
            found.append((self.together.label, str(self.together.count), ""))
            found.append((_("dont motif réservé"), self.reserved, ""))
        return found


def group_by_topic(figures: Statistics, topics: Mapping[int, Topic]) -> Topics:
    apart, together, reserved = list[TopicCount](), 0, 0
    for pk, count in figures.topics.most_common():
        topic = topics.get(pk)
        if topic and is_told_apart(topic):
            apart.append(TopicCount(topic.label, Count(count, cap=count), topic.code))
            continue
        together += count
        reserved += count if topic and topic.is_sensitive else 0
    words = _("Motif réservé, autre ou à choisir")
    rest = TopicCount(words, Count(together, is_hidden=True, cap=together)) if together else None
    return Topics(apart, rest, describe_count(reserved))


def describe_count(count: int) -> str:
    """Write « moins de 5 », « de 5 à 9 », « de 10 à 19 »…"""
    if count < FEW:
        return str(Count(count, is_hidden=True))
    low = max(step for step in STEPS if step <= count)
    if low == STEPS[-1]:
        return _("%(n)s ou plus") % {"n": french.number(low)}
    high = STEPS[STEPS.index(low) + 1] - 1
    return _("de %(low)s à %(high)s") % {"low": low, "high": high}


def topics_plot(asked: ReportQuery, found: Topics) -> Plot:
    title, rows = _("Reçues, par sujet"), found.rows
    drawn = _bars(found)
    described = "; ".join(f"{bar.label} : {bar.words}" for bar in drawn)
    svg = bars("sujets", title, _("Demandes reçues. %(list)s.") % {"list": described}, drawn)
    words = [(label, count) for label, count, _code in rows]
    urls = [asked.topic_url(code) if code else "" for _label, _count, code in rows]
    note = _("Les motifs réservés ne sont jamais comptés à part.") if found.together else ""
    heads = (_("Sujet"), _("Reçues"))
    return Plot("sujets", title, svg, heads, words, is_empty=not drawn, note=note, urls=urls)


def _bars(found: Topics) -> Sequence[Bar]:
    first, rest = found.apart[:MAX_ROWS], found.apart[MAX_ROWS:]
    drawn = [Bar(each.label, each.length, str(each.count)) for each in first]
    if rest:
        words = ngettext("%(n)s autre sujet", "%(n)s autres sujets", len(rest)) % {"n": len(rest)}
        total = sum(each.count.figure for each in rest)
        drawn.append(Bar(words, total, french.number(total)))
    if found.together:
        drawn.append(Bar(found.together.label, found.together.length, str(found.together.count)))
    return drawn
