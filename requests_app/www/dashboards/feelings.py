"""How it felt: the faces that people chose, always at least five together."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests_app.indicators.delays import middle
from requests_app.indicators.models import NOWHERE, FeltBatch
from requests_app.indicators.satisfaction import Feedback
from requests_app.indicators.statistics import Statistics
from requests_app.lib import french
from requests_app.tickets.selectors.masking import NO_PLACE
from requests_app.www.backoffice.ticket.choices import territory_of
from requests_app.www.dashboards.plot import MIN_FOR_PERCENT, NO_DRAWING, Plot, format_minutes, share
from requests_app.www.dashboards.plots import Bar, bars


@dataclass(frozen=True, slots=True)
class FeltRow:
    """One Maison: how many answered, how many say « bien » or « très bien »; ``percent`` draws its bar."""

    label: str
    answers: int
    good: int

    @property
    def percent(self) -> int:
        return round(self.good / self.answers * 100)

    @property
    def part(self) -> str:
        return share(self.good, self.answers).replace(" ", french.NBSP)


def feelings_plot(figures: Statistics, said: Feedback) -> Plot:
    """Plot those who answered only, and say how many they are."""
    answers, size = said.told.answers, FeltBatch.SIZE
    if not answers:
        why = _("Moins de %(n)s réponses : rien n’est montré, pour ne reconnaître personne.") % {"n": size}
        title = _("Comment ça s’est passé")
        return Plot("ressenti", title, NO_DRAWING, (), (), is_empty=True, why_empty=why, lead=_wait(figures))
    count = ngettext("%(n)s réponse", "%(n)s réponses", answers) % {"n": french.number(answers)}
    title = _("Comment ça s’est passé, sur %(count)s") % {"count": count}
    rows = [(word, french.number(n), share(n, answers)) for word, n in said.counts]
    drawn = [
        Bar(word, n, _format_count(n, answers), is_late=rank < 2)
        for rank, (word, n) in enumerate(said.counts)
    ]
    described = "; ".join(f"{bar.label} : {bar.words}" for bar in drawn)
    note = _("Les réponses d’un lieu sont comptées par groupes de %(n)s.") % {"n": size}
    heads = (_("Ressenti"), _("Réponses"), _("Part"))
    return Plot(
        "ressenti",
        title,
        bars("ressenti", title, described, drawn),
        heads,
        rows,
        note=note,
        lead=_wait(figures),
    )


def _format_count(count: int, answers: int) -> str:
    part = share(count, answers)
    return part if answers < MIN_FOR_PERCENT else f"{french.number(count)} ({part})"


def _wait(figures: Statistics) -> str:
    """Say what is measured of it: the minutes before people are called at the counter."""
    visits = sum(figures.waits.values())
    if not visits:
        return ""
    words = _(
        "Attente à l’accueil : %(half)s pour la moitié des visites, %(nine)s pour 9 sur 10."
        " %(count)s, jusqu’à hier."
    )
    count = ngettext("%(n)s visite", "%(n)s visites", visits) % {"n": french.number(visits)}
    half, nine = format_minutes(middle(figures.waits, 0.5)), format_minutes(middle(figures.waits, 0.9))
    return words % {"half": half, "nine": nine, "count": count}


def felt_rows(request: HttpRequest, said: Feedback) -> list[FeltRow]:
    """List the Maisons where five have answered, the least content first."""
    sites = {site.pk: site.label for site in territory_of(request).sites.values()}
    found = [
        FeltRow(
            sites.get(pk) or (str(NO_PLACE) if pk == NOWHERE else _("Lieu fermé")), told.answers, told.good
        )
        for pk, told in said.places.items()
    ]
    return sorted(found, key=lambda row: (row.good / row.answers, row.label))
