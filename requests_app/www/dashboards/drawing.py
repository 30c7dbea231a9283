"""The plots of the page, each with the table of its figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests_app.catalog.models import Topic
from requests_app.indicators.delays import percentile, spread
from requests_app.indicators.felt import Felt
from requests_app.indicators.reading import Day, Figures
from requests_app.lib import french, signs
from requests_app.lib.workdays import is_working_day
from requests_app.tickets.models.tickets import LATE_AFTER
from requests_app.tickets.selectors.counts import FEW, Count
from requests_app.tickets.selectors.masking import RESERVED
from requests_app.www.dashboards.asking import Asked
from requests_app.www.dashboards.plots import Bar, Curve, bars, curves

MOST_TOPICS = 8
LATE_DAYS = LATE_AFTER.days


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot and its table: ``heads`` and rows of words, the first word of a row names it."""

    id: str
    title: str
    svg: SafeString
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    is_empty: bool = False
    why_empty: str = ""


@dataclass(frozen=True, slots=True)
class TopicCount:
    """Demands of one topic; the sensitive ones are together, and hidden under five (threats: A02, A03)."""

    label: str
    count: Count

    @property
    def shown(self) -> int:
        """The length of its bar tells no more than its words."""
        return max(self.count.figure, 5) if self.count.is_hidden else self.count.figure


def plots(asked: Asked, figures: Figures, topics: dict[int, Topic], said: Felt) -> list[Plot]:
    return [
        _by_day(asked, figures),
        _by_channel(figures),
        _by_topic(by_topic(figures, topics)),
        _by_delay(figures),
        _by_feeling(said),
    ]


def _by_feeling(said: Felt) -> Plot:
    """Those who answered only, and they are said to be how many."""
    count = ngettext("%(n)s réponse", "%(n)s réponses", said.answers) % {"n": french.number(said.answers)}
    title = _("Comment ça s’est passé, sur %(count)s") % {"count": count}
    if said.is_hidden:
        why = _("Moins de %(n)s réponses : rien n’est montré, pour ne reconnaître personne.") % {"n": FEW}
        title = _("Comment ça s’est passé")
        return Plot("ressenti", title, mark_safe(""), (), (), is_empty=True, why_empty=why)
    rows = [(word, french.number(n), _share(n, said.answers)) for word, n in said.counts]
    drawn = [Bar(word, n, f"{french.number(n)} ({_share(n, said.answers)})") for word, n in said.counts]
    described = "; ".join(f"{bar.label} : {bar.words}" for bar in drawn)
    heads = (_("Ressenti"), _("Réponses"), _("Part"))
    return Plot("ressenti", title, bars("ressenti", title, described, drawn), heads, rows)


def _by_day(asked: Asked, figures: Figures) -> Plot:
    days = [day for day in asked.period.days if is_working_day(day)]
    found = [figures.days[day] if day in figures.days else Day() for day in days]
    received, closed = [day.received for day in found], [day.closed for day in found]
    title = _("Reçues et terminées, par jour ouvré")
    lines = [Curve(_("Reçues"), received), Curve(_("Terminées"), closed)]
    words = _("%(where)s. Reçues : de %(r0)s à %(r1)s par jour. Terminées : de %(c0)s à %(c1)s par jour.") % {
        "where": asked.words,
        "r0": min(received, default=0),
        "r1": max(received, default=0),
        "c0": min(closed, default=0),
        "c1": max(closed, default=0),
    }
    rows = [
        (
            french.short_day(day),
            french.number(one.received),
            french.number(one.closed),
            french.number(one.answered),
        )
        for day, one in zip(days, found, strict=True)
    ]
    heads = (_("Jour"), _("Reçues"), _("Terminées"), _("Répondues"))
    return Plot("jours", title, curves("jours", title, words, days, lines), heads, rows, not days)


def _by_channel(figures: Figures) -> Plot:
    title, rows, drawn = _("Première réponse, selon le canal"), [], []
    codes = [code for code in signs.CHANNELS if figures.channels.get(code) or figures.delays.get(code)]
    for code in codes:
        counts = figures.delays.get(code) or {}
        median, slow = percentile(counts, 0.5), percentile(counts, 0.9)
        word, answered = str(signs.CHANNELS[code].word), sum(counts.values())
        rows.append(
            (
                word,
                french.number(figures.channels[code]),
                french.number(answered),
                in_days(median),
                in_days(slow),
            )
        )
        words = _("le jour même") if median is not None and median < 0.1 else in_days(median)
        drawn.append(Bar(word, median or 0, words, is_late=(median or 0) > LATE_DAYS))
    described = "; ".join(f"{bar.label} : {bar.words}" for bar in drawn)
    goal = (
        (float(LATE_DAYS), _("Repère : %(n)s j") % {"n": LATE_DAYS})
        if any(bar.value for bar in drawn)
        else None
    )
    svg = bars(
        "canaux", title, _("Délai médian en jours ouvrés. %(list)s.") % {"list": described}, drawn, goal=goal
    )
    heads = (_("Canal"), _("Reçues"), _("Répondues"), _("Délai médian"), _("9 sur 10 en"))
    return Plot("canaux", title, svg, heads, rows, not figures.delays.get(""))


def by_topic(figures: Figures, topics: dict[int, Topic]) -> list[TopicCount]:
    """The topics, the most asked first; those that protect people make one line."""
    reserved, plain = 0, list[TopicCount]()
    for pk, count in figures.topics.most_common():
        topic = topics.get(pk)
        if topic and topic.is_sensitive:
            reserved += count
        else:
            plain.append(TopicCount(topic.label if topic else _("Sujet à choisir"), Count(count, cap=count)))
    if reserved:
        plain.append(TopicCount(str(RESERVED), Count(reserved, is_hidden=True, cap=reserved)))
    return plain


def _by_topic(found: Sequence[TopicCount]) -> Plot:
    title = _("Reçues, par sujet")
    first, rest = found[:MOST_TOPICS], [each for each in found[MOST_TOPICS:] if not each.count.is_hidden]
    reserved = [each for each in found[MOST_TOPICS:] if each.count.is_hidden]
    drawn = [Bar(each.label, each.shown, str(each.count)) for each in [*first, *reserved]]
    if rest:
        words = ngettext("%(n)s autre sujet", "%(n)s autres sujets", len(rest)) % {"n": len(rest)}
        total = sum(each.count.figure for each in rest)
        drawn.append(Bar(words, total, french.number(total)))
    described = "; ".join(f"{bar.label} : {bar.words}" for bar in drawn)
    svg = bars("sujets", title, _("Demandes reçues. %(list)s.") % {"list": described}, drawn)
    rows = [(each.label, str(each.count)) for each in found]
    return Plot("sujets", title, svg, (_("Sujet"), _("Reçues")), rows, not drawn)


def _by_delay(figures: Figures) -> Plot:
    title = _("Délai de première réponse")
    labels = (
        _("Moins de 1 jour"),
        _("1 à 2 jours"),
        _("2 à 3 jours"),
        _("3 à 5 jours"),
        _("5 à 10 jours"),
        _("10 à 20 jours"),
        _("Plus de 20 jours"),
    )
    counts = spread(figures.delays[""])
    total = sum(counts)
    shares = [_share(count, total) for count in counts]
    drawn = [
        Bar(label, count, f"{french.number(count)} ({share})", is_late=rank > 3)
        for rank, (label, count, share) in enumerate(zip(labels, counts, shares, strict=True))
    ]
    described = "; ".join(f"{bar.label} : {bar.words}" for bar in drawn)
    words = _("Sur %(n)s réponses, en jours ouvrés. %(list)s.") % {
        "n": french.number(total),
        "list": described,
    }
    rows = [
        (label, french.number(count), share)
        for label, count, share in zip(labels, counts, shares, strict=True)
    ]
    heads = (_("Délai"), _("Réponses"), _("Part"))
    return Plot("delais", title, bars("delais", title, words, drawn), heads, rows, not total)


def _share(count: int, total: int) -> str:
    return f"{round(count / total * 100) if total else 0} %"


def in_days(value: float | None) -> str:
    """« 1,4 j »; a dash when nothing was answered."""
    return "–" if value is None else _("%(n)s j") % {"n": french.number(value, 1)}
