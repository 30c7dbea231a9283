"""What was done to a ticket, as sentences."""

from collections.abc import Callable
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _

from requests_app.lib import french
from requests_app.lib.direction import isolate
from requests_app.tickets.models import Event, Outcome, State, ToDo
from requests_app.tickets.models import event_data as shapes
from requests_app.tickets.models.event_data import AppointmentAct, EventData
from requests_app.tickets.models.events import read_details
from requests_app.tickets.models.tickets import Priority
from requests_app.tickets.selectors.event_reasons import reason_of

Act, Kind = AppointmentAct, Event.Kind


def sentence(kind: str, who: str, data: dict[str, Any]) -> str:
    """Write « Chloé Martin a envoyé la demande vers Villeurbanne : la personne a déménagé. »"""
    details = read_details(kind, data)
    ends = {end: isolate(text) for end, text in _ends(details).items()}
    said = {"who": who or _author(details), **ends}
    reason = reason_of(details)
    words = _said_of(kind, details)
    return french.elide(words % said) + (_(" : « %(reason)s »") % {"reason": reason} if reason else "")


def _author(details: EventData) -> str:
    return _("La personne") if details.is_by_person else details.who or _("Le logiciel")


@singledispatch
def _ends(details: EventData) -> dict[str, str]:
    """Return what the sentence calls « from » and « to »."""
    return {"from": details.from_ or "", "to": details.to or ""}


@_ends.register
def _ends_of_appointment(details: shapes.AppointmentChanged) -> dict[str, str]:
    dates = {"from": details.was_at, "to": details.starts_at}
    read = {end: french.moment(date) for end, date in dates.items() if date}
    return {"from": details.from_ or "", "to": details.to or "", **read}


@_ends.register
def _ends_of_persons(details: shapes.PersonChanged) -> dict[str, str]:
    erased = dict.fromkeys(details.erased, _("une fiche effacée"))
    return {"from": details.from_ or "", "to": details.to or "", **erased}


@_ends.register
def _ends_of_todo(details: shapes.ToDoChanged) -> dict[str, str]:
    if details.todo in ToDo.Kind.values:
        return {"to": str(ToDo.Kind(details.todo).label)}
    return {"to": details.to or (_("Lire ce que la personne a répondu") if details.wrote_at else "")}


def _said_of(kind: str, details: EventData) -> str:
    """Return the sentence template of a kind, with placeholders for the actor and the names."""
    if isinstance(details, shapes.AppointmentChanged):
        plain = _APPOINTMENT.get(details.did)
    else:
        plain = _PLAIN.get(kind)
    return plain() if plain else _sentence(kind, details)


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
    Act.BOOKED: lambda: _("%(who)s a donné rendez-vous le %(to)s"),
    Act.MOVED: lambda: _("%(who)s a déplacé le rendez-vous : %(from)s devient %(to)s"),
    Act.CHANGED: lambda: _("%(who)s a changé le rendez-vous du %(to)s"),
    Act.CONFIRMED: lambda: _("%(who)s a confirmé le rendez-vous du %(to)s"),
    Act.CANCELLED_BY_PERSON: lambda: _(
        "%(who)s a annulé le rendez-vous du %(to)s : la personne ne viendra pas"
    ),
    Act.CANCELLED_BY_SERVICE: lambda: _("%(who)s a annulé le rendez-vous du %(to)s pour le service"),
    Act.CAME: lambda: _("%(who)s a noté l’arrivée au rendez-vous du %(to)s"),
    Act.ABSENT: lambda: _("%(who)s a noté l’absence au rendez-vous du %(to)s"),
    Act.EXCUSED: lambda: _("%(who)s a noté l’absence excusée au rendez-vous du %(to)s"),
    Act.UNMOVED: lambda: _("%(who)s a remis le rendez-vous au %(to)s, comme avant"),
    Act.UNDONE: lambda: _("%(who)s a remis le rendez-vous du %(to)s comme avant"),
}


def _sentence(kind: str, details: EventData) -> str:
    if kind == Kind.TOPIC_CHANGED:
        changed = _("%(who)s a changé le sujet : %(from)s devient %(to)s")
        return changed if details.from_ else _("%(who)s a choisi le sujet : %(to)s")
    if kind == Kind.REROUTED:
        moved = _("%(who)s a envoyé la demande de %(from)s vers %(to)s")
        return moved if details.from_ else _("%(who)s a envoyé la demande vers %(to)s")
    if kind == Kind.UNROUTED:
        back = _("%(who)s a ramené la demande de %(from)s à %(to)s")
        return back if details.to else _("%(who)s a repris la demande envoyée à %(from)s")
    if kind == Kind.PRIORITY_CHANGED:
        urgent = details.to == Priority.URGENT
        return _("%(who)s l’a dite urgente") if urgent else _("%(who)s a retiré l’urgence")
    if isinstance(details, shapes.PersonChanged):
        return _sentence_about_person(details)
    if isinstance(details, shapes.Waiting):
        person = details.state == State.WAITING_PERSON
        return (
            _("%(who)s attend un papier de la personne") if person else _("%(who)s attend un autre service")
        )
    if isinstance(details, shapes.Closed):
        outcome = str(Outcome(details.outcome).label) if details.outcome in Outcome.values else ""
        return _("%(who)s a terminé la demande") + (f" ({outcome.replace('%', '%%')})" if outcome else "")
    return _("%(who)s a changé la demande")


def _sentence_about_person(details: shapes.PersonChanged) -> str:
    """Say whose ticket it is from now on; a record may have no name."""
    former, now = (details.from_ or "from" in details.erased), (details.to or "to" in details.erased)
    if not now:
        chosen = _("%(who)s a choisi une personne sans nom")
        nobody = _("%(who)s a dit que la personne n’est pas encore connue")
        return nobody if (details.undo or {}).get("now") is None else chosen
    changed = _("%(who)s a changé la personne : %(from)s devient %(to)s")
    return changed if former else _("%(who)s a lié la demande à %(to)s")
