"""What a published indicator says, in words that a passer-by reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from requests_app.lib import french
from requests_app.publication.models import Indicator
from requests_app.publication.selectors import Row

Kind = Indicator.Kind
LABELS = {
    Kind.ANSWERED: gettext_lazy("Réponses dans le délai annoncé"),
    Kind.APPOINTMENT: gettext_lazy("Premier rendez-vous"),
    Kind.WAIT: gettext_lazy("Attente à l’accueil"),
    Kind.CALLED: gettext_lazy("Rappels tenus"),
    Kind.FELT: gettext_lazy("Se sont sentis bien reçus"),
}
METHODS = {
    Kind.ANSWERED: gettext_lazy(
        "Parmi les demandes dont le jour annoncé tombe dans le trimestre : la part qui a eu sa réponse ce"
        " jour-là au plus tard."
    ),
    Kind.APPOINTMENT: gettext_lazy(
        "Du jour de la demande au jour du premier rendez-vous, en jours. Ceux qui attendent encore sont"
        " comptés."
    ),
    Kind.WAIT: gettext_lazy("De l’arrivée à l’appel, en minutes, pour ceux qui sont venus sur place."),
    Kind.CALLED: gettext_lazy("Parmi les rappels promis : la part faite à l’heure promise au plus tard."),
    Kind.FELT: gettext_lazy(
        "Parmi ceux qui ont répondu à « Comment cela s’est-il passé ? » : la part de « Bien » et de"
        " « Très bien »."
    ),
}


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """``value`` is short enough for a table, ``detail`` explains it; both are "" when under five people."""

    kind: str
    label: str
    value: str = ""
    detail: str = ""
    n: str = ""


def describe_all(row: Row) -> list[IndicatorWords]:
    """Return every indicator of a place and quarter, in one order; empty ones too."""
    return [describe(kind, row.get(kind)) for kind in Kind]


def describe(kind: str, indicator: Indicator | None) -> IndicatorWords:
    label = str(LABELS[Kind(kind)])
    if indicator is None:
        return IndicatorWords(kind, label)
    n = _("sur %(n)s environ") % {"n": french.number(indicator.n)}
    return IndicatorWords(kind, label, _value(indicator), " ".join(_details(indicator)), n)


def _value(indicator: Indicator) -> str:
    if indicator.kind == Kind.WAIT and indicator.middle is not None:
        return _("%(n)s min") % {"n": indicator.middle}
    if indicator.kind == Kind.APPOINTMENT:
        return _("plus de la moitié attend encore") if indicator.middle is None else _days(indicator.middle)
    return "" if indicator.share is None else _("%(n)s %%") % {"n": indicator.share}


def _details(indicator: Indicator) -> Iterator[str]:
    if indicator.kind not in {Kind.WAIT, Kind.APPOINTMENT} or indicator.middle is None:
        return
    yield _("au plus pour la moitié des personnes")
    if indicator.most is None:
        return
    if indicator.kind == Kind.WAIT:
        yield _("(%(n)s min pour 8 sur 10)") % {"n": indicator.most}
    else:
        yield _("(%(days)s pour 9 sur 10)") % {"days": _days(indicator.most)}


def _days(number: int) -> str:
    return ngettext("%(n)s jour", "%(n)s jours", number) % {"n": french.number(number)}
