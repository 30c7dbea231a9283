"""What the steps of an advice say of places and Maisons."""

from django.utils.translation import gettext as _

from requests_app.routing.evidence import Answer
from requests_app.routing.models.coverage import Confidence
from requests_app.routing.serving import Serving
from requests_app.routing.territory import Territory

FEW = 12
"""A step names at most so many Maisons."""


def serving_steps(served: Serving, territory: Territory) -> tuple[str, ...]:
    """Say which Maisons serve the place, and what is near."""
    steps = []
    if served.lacks_part:
        steps.append(_("Il manque l’arrondissement de %(name)s.") % {"name": served.lacks_part})
    if served.sites:
        words = {"sites": site_labels(served.sites, territory)}
        one, several = _("Maison qui dessert ce lieu : %(sites)s."), _("Maisons possibles : %(sites)s.")
        steps.append((one if len(served.sites) == 1 else several) % words)
    if served.note and served.confidence != Confidence.HIGH:
        steps.append(_("Desserte à confirmer : %(note)s.") % {"note": served.note})
    if served.local and not served.lacks_part:
        steps.append(_("Site de proximité : %(sites)s.") % {"sites": site_labels(served.local, territory)})
    if served.shut and not served.lacks_part:
        steps.append(_("Fermée au public : %(sites)s.") % {"sites": site_labels(served.shut, territory)})
    return tuple(steps)


def site_labels(codes: tuple[str, ...], territory: Territory) -> str:
    shown = ", ".join(territory.sites[code].label for code in codes[:FEW])
    return (
        _("%(shown)s et %(more)d autres") % {"shown": shown, "more": len(codes) - FEW}
        if codes[FEW:]
        else shown
    )


def place_names(insees: frozenset[str], territory: Territory) -> str:
    """List a few names, for a sentence."""
    names = sorted(territory.places[insee].name for insee in insees)
    shown = ", ".join(names[:3])
    return (
        _("%(shown)s et %(more)d autres") % {"shown": shown, "more": len(names) - 3} if names[3:] else shown
    )


def describe_outcome(answer: Answer) -> str:
    """Say the outcome and how sure it is, in one line."""
    label = str(answer.outcome.label)
    if answer.maison:
        label = f"{label} : {answer.maison.name} ({answer.maison.code})"
    if answer.transfer:
        label = f"{label} : {answer.transfer.body}"
    return f"{label} – {answer.confidence.label}"
