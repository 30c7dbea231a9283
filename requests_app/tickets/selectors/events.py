"""What was done to a ticket, as sentences."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from requests_app.lib import french
from requests_app.lib.direction import isolate
from requests_app.tickets.models import Event, Outcome, State
from requests_app.tickets.models.tickets import Priority

Kind = Event.Kind


def sentence(kind: str, who: str, data: dict[str, Any]) -> str:
    """Write « Chloé Martin a envoyé la demande vers Villeurbanne : la personne a déménagé. »"""
    author = who or data.get("who") or _("Le logiciel")
    ends = {end: isolate(str(data.get(end, ""))) for end in ("to", "from")}
    said = {"who": author, **ends}
    reason = str(data.get("reason", ""))
    plain = _APPOINTMENT.get(str(data.get("did"))) if kind == Kind.APPOINTMENT else _PLAIN.get(kind)
    words = plain() if plain else _sentence(kind, data)
    return french.elide(words % said) + (_(" : « %(reason)s »") % {"reason": reason} if reason else "")


_PLAIN: dict[str, Callable[[], str]] = {
    Kind.ROUTED: lambda: _("%(who)s a orienté la demande vers %(to)s"),
    Kind.UNSORTED: lambda: _("%(who)s a remis la demande à trier"),
    Kind.TAKEN: lambda: _("%(who)s a pris la demande"),
    Kind.ASSIGNED: lambda: _("%(who)s a confié la demande à %(to)s"),
    Kind.RELEASED: lambda: _("%(who)s a rendu la demande à l’équipe"),
    Kind.PAPERS_ASKED: lambda: _("%(who)s a demandé des papiers, sans arrêter l’étude"),
    Kind.PAPERS_DAY: lambda: _("%(who)s a changé le jour donné pour les papiers"),
    Kind.PAPERS_CANCELLED: lambda: _("%(who)s ne demande plus ces papiers"),
    Kind.PAPERS_RESTORED: lambda: _("%(who)s demande de nouveau ces papiers"),
    Kind.FIRST_RECEIVED: lambda: _("%(who)s a noté la première réception"),
    Kind.REASONS_ASKED: lambda: _("%(who)s a noté que la personne demande les raisons du refus"),
    Kind.REASONS_UNASKED: lambda: _("%(who)s a annulé la demande des raisons du refus"),
    Kind.SERVICE_ANSWERED: lambda: _("%(who)s a noté la réponse du service"),
    Kind.SERVICE_UNANSWERED: lambda: _("%(who)s a annulé la réponse du service"),
    Kind.RESUMED: lambda: _("%(who)s a repris la demande"),
    Kind.REOPENED: lambda: _("%(who)s a rouvert la demande"),
    Kind.SALVAGED: lambda: _("%(who)s a fait cette demande d’un message gardé à part"),
    Kind.UNSENT: lambda: _("%(who)s a annulé l’envoi de sa réponse"),
    Kind.DANGER: lambda: _("%(who)s a noté un danger : la demande est urgente et réservée"),
    Kind.DANGER_DISMISSED: lambda: _("%(who)s a dit que ce n’est pas un danger"),
    Kind.TASK_DONE: lambda: _("%(who)s l’a fait (%(to)s)"),
    Kind.TASK_UNDONE: lambda: _("%(who)s l’a remis à faire (%(to)s)"),
    Kind.LINKS_CUT: lambda: _("%(who)s a coupé les liens de suivi déjà envoyés"),
    Kind.LINKS_RESTORED: lambda: _("%(who)s a rétabli les liens de suivi"),
    Kind.MERGED: lambda: _("%(who)s a réuni %(from)s avec %(to)s, qui continue"),
    Kind.UNMERGED: lambda: _("%(who)s a séparé %(from)s de %(to)s"),
    Kind.SPLIT: lambda: _("%(who)s a fait la demande %(to)s d’un message de %(from)s"),
    Kind.UNSPLIT: lambda: _("%(who)s a remis avec %(from)s le message de %(to)s"),
    Kind.PERSON_BACK: lambda: _("%(who)s a annulé le choix de la personne"),
    Kind.PERSON_MERGED: lambda: _("%(who)s a réuni la fiche de %(from)s avec celle de %(to)s"),
    Kind.PERSON_UNMERGED: lambda: _("%(who)s a séparé la fiche de %(from)s de celle de %(to)s"),
}

_APPOINTMENT: dict[str, Callable[[], str]] = {
    "booked": lambda: _("%(who)s a donné rendez-vous le %(to)s"),
    "moved": lambda: _("%(who)s a déplacé le rendez-vous : %(from)s devient %(to)s"),
    "changed": lambda: _("%(who)s a changé le rendez-vous du %(to)s"),
    "confirmed": lambda: _("%(who)s a confirmé le rendez-vous du %(to)s"),
    "cancelled_person": lambda: _("%(who)s a annulé le rendez-vous du %(to)s : la personne ne viendra pas"),
    "cancelled_service": lambda: _("%(who)s a annulé le rendez-vous du %(to)s pour le service"),
    "came": lambda: _("%(who)s a noté l’arrivée au rendez-vous du %(to)s"),
    "absent": lambda: _("%(who)s a noté l’absence au rendez-vous du %(to)s"),
    "excused": lambda: _("%(who)s a noté l’absence excusée au rendez-vous du %(to)s"),
    "unmoved": lambda: _("%(who)s a remis le rendez-vous au %(to)s, comme avant"),
    "undone": lambda: _("%(who)s a remis le rendez-vous du %(to)s comme avant"),
}


def _sentence(kind: str, data: dict[str, Any]) -> str:
    if kind == Kind.TOPIC_CHANGED:
        changed = _("%(who)s a changé le sujet : %(from)s devient %(to)s")
        return changed if data.get("from") else _("%(who)s a choisi le sujet : %(to)s")
    if kind == Kind.PERSON_LINKED:
        return _sentence_about_person(data)
    if kind == Kind.REROUTED:
        moved = _("%(who)s a envoyé la demande de %(from)s vers %(to)s")
        return moved if data.get("from") else _("%(who)s a envoyé la demande vers %(to)s")
    if kind == Kind.UNROUTED:
        back = _("%(who)s a ramené la demande de %(from)s à %(to)s")
        return back if data.get("to") else _("%(who)s a repris la demande envoyée à %(from)s")
    if kind == Kind.PRIORITY_CHANGED:
        urgent = data.get("to") == Priority.URGENT
        return _("%(who)s l’a dite urgente") if urgent else _("%(who)s a retiré l’urgence")
    if kind == Kind.WAITING:
        person = data.get("state") == State.WAITING_PERSON
        if person:
            return _("%(who)s attend un papier de la personne")
        return _("%(who)s attend un autre service")
    if kind == Kind.CLOSED:
        outcome = str(Outcome(data["outcome"]).label) if data.get("outcome") in Outcome.values else ""
        return _("%(who)s a terminé la demande") + (f" ({outcome.replace('%', '%%')})" if outcome else "")
    return _("%(who)s a changé la demande")


def _sentence_about_person(data: dict[str, Any]) -> str:
    """Say whose ticket it is from now on; a record may have no name."""
    if not data.get("to"):
        chosen = _("%(who)s a choisi une personne sans nom")
        nobody = _("%(who)s a dit que la personne n’est pas encore connue")
        return nobody if data.get("undo", {}).get("now") is None else chosen
    changed = _("%(who)s a changé la personne : %(from)s devient %(to)s")
    return changed if data.get("from") else _("%(who)s a lié la demande à %(to)s")
