"""What decides whose a ticket is: its topic, its place, another body."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from requests_app.accounts.models import User
from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison
from requests_app.tickets import services
from requests_app.tickets.models import Ticket
from requests_app.www.backoffice.ticket import forms, place_forms
from requests_app.www.backoffice.ticket.actions import Action, verb_of


def _sort(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    topic = Topic.objects.get(pk=data["topic"]) if data["topic"] else None
    maison = Maison.objects.get(pk=data["maison"]) if data["maison"] else None
    services.sort(ticket=ticket, topic=topic, maison=maison, reason=data["reason"], by=by, at=at)


def _topic(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    services.change_topic(ticket=ticket, topic=Topic.objects.get(pk=data["topic"]), by=by, at=at)


def _reroute(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    maison = Maison.objects.get(pk=data["maison"])
    services.reroute(ticket=ticket, maison=maison, reason=data["reason"], by=by, at=at)


ACTIONS: dict[str, Action] = {
    "sort": Action(
        place_forms.SortForm,
        _sort,
        _("Accepter et voir la suivante"),
        _("Demande triée."),
        "unsort",
        _("Annuler le tri"),
    ),
    "unsort": Action(
        forms.ActionForm, verb_of(services.unsort), _("Remettre à trier"), _("La demande est à trier.")
    ),
    "topic": Action(forms.TopicForm, _topic, _("Changer le sujet"), _("Le sujet est changé.")),
    "reroute": Action(
        place_forms.RerouteForm,
        _reroute,
        _("Changer de lieu"),
        _("La demande a changé de lieu."),
        "unroute",
        _("Annuler : la reprendre"),
    ),
    "unroute": Action(
        forms.ActionForm,
        verb_of(services.undo_reroute),
        _("La reprendre"),
        _("La demande est revenue à son lieu."),
    ),
    "transfer": Action(
        forms.ActionForm,
        verb_of(services.transfer),
        _("Transmettre"),
        _("La demande est close ici."),
        "untransfer",
        _("Annuler : la garder"),
    ),
    "untransfer": Action(
        forms.ActionForm,
        verb_of(services.undo_transfer),
        _("Ne plus transmettre"),
        _("La demande reste chez nous."),
    ),
}

PATHS = {
    "sort": "trier",
    "unsort": "remettre-a-trier",
    "topic": "sujet",
    "reroute": "lieu",
    "unroute": "revenir-au-lieu",
    "transfer": "transmettre",
    "untransfer": "ne-plus-transmettre",
}
