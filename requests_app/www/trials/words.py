"""Computed sentences: what a trial shows, what one could show; never more than the numbers say."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from requests_app.experiments.effect import EFFECT, NO_EFFECT, Estimate
from requests_app.experiments.measures import MEASURES, Measure
from requests_app.experiments.models import Trial
from requests_app.experiments.power import Plan
from requests_app.experiments.selectors import TrialResult
from requests_app.lib import french

STATES = {
    "withdrawn": gettext_lazy("Retirée"),
    "to_come": gettext_lazy("À venir"),
    "running": gettext_lazy("En cours"),
    "stopped": gettext_lazy("Arrêtée"),
    "over": gettext_lazy("Terminée"),
}


@dataclass(frozen=True, slots=True)
class Conclusion:
    """``look``: good, bad, or "" while nothing may be said."""

    title: str
    words: str
    look: str = ""


def state_of(trial: Trial, today: date) -> str:
    """Return a key of STATES."""
    if trial.withdrawn_at:
        return "withdrawn"
    if not trial.has_begun(today):
        return "to_come"
    if not trial.is_over(today):
        return "running"
    return "stopped" if trial.stopped_on else "over"


def conclude_in_words(trial: Trial, result: TrialResult) -> Conclusion:
    """Say what may be believed: at the end, or of the last week while it goes on."""
    found: Estimate | None = result.effect or (result.looks[-1] if result.looks else None)
    if found is None:
        return Conclusion(_("Trop tôt"), _("Aucune semaine de l’essai n’est encore terminée."))
    measure = MEASURES[trial.measure]
    if found.verdict == EFFECT and found.estimate is not None:
        return _word_effect(measure, found, found.estimate)
    if found.verdict == NO_EFFECT and trial.smallest is not None:
        words = _("S’il y en a un, il est de moins de %(n)s.") % {"n": amount(trial.smallest, measure)}
        return Conclusion(_("Pas d’effet visible"), words)
    return Conclusion(_("On ne peut pas conclure"), _word_doubt(measure, found))


def _word_effect(measure: Measure, found: Estimate, estimate: float) -> Conclusion:
    is_better = (estimate < 0) == measure.is_better_low
    words = {
        "measure": measure.label,
        "n": amount(abs(estimate), measure),
        "bounds": _bounds(measure, found),
    }
    sentence = (
        _("%(measure)s : %(n)s de moins que dans les autres lieux%(bounds)s.")
        if estimate < 0
        else _("%(measure)s : %(n)s de plus que dans les autres lieux%(bounds)s.")
    )
    title = _("Un effet se voit, c’est mieux") if is_better else _("Un effet se voit, c’est moins bien")
    return Conclusion(title, sentence % words, "good" if is_better else "bad")


def _word_doubt(measure: Measure, found: Estimate) -> str:
    if found.low is None or found.high is None:
        return _("Il y a trop peu de lieux ou de semaines pour le dire.")
    words = {"low": format_signed(found.low), "high": format_signed(found.high), "unit": measure.unit}
    return _("L’effet est quelque part entre %(low)s et %(high)s %(unit)s.") % words


def _bounds(measure: Measure, found: Estimate) -> str:
    if found.low is None or found.high is None:
        return ""
    return _(" (entre %(low)s et %(high)s)") % {
        "low": format_signed(found.low),
        "high": format_signed(found.high),
    }


def foresee_in_words(plan: Plan | None, measure: Measure, *, tried: int, weeks: int) -> str:
    """Say what a trial could see, before it begins."""
    if plan is None:
        return _("Trop peu de semaines sont mesurées dans ces lieux pour dire ce qui pourra se voir.")
    if plan.often is None or plan.seldom is None:
        return _("Avec si peu de lieux, rien ne pourra se voir : ajoutez-en à l’essai ou à la comparaison.")
    sites = ngettext("%(n)s lieu", "%(n)s lieux", tried) % {"n": tried}
    words = {"sites": sites, "weeks": weeks, "often": amount(plan.often, measure)}
    return _(
        "Avec %(sites)s et %(weeks)s semaines, un écart de %(often)s se voit 8 fois sur 10,"
        " un écart de %(seldom)s 4 fois sur 10."
    ) % (words | {"seldom": amount(plan.seldom, measure)})


def amount(value: float, measure: Measure) -> str:
    return f"{french.number(value, 1)} {measure.unit}"


def format_signed(value: float) -> str:
    """Write « + 3,1 » or « − 2 »."""
    return f"{'−' if value < 0 else '+'} {french.number(abs(value), 1)}"
