"""Documents requested from the person: request, correct, undo, note that all are there."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from requests_app.accounts.models import User
from requests_app.tickets import services
from requests_app.tickets.models import Ticket
from requests_app.www.backoffice.ticket.actions import Action, verb_of
from requests_app.www.backoffice.ticket.forms import ActionForm
from requests_app.www.backoffice.ticket.forms_documents import DocumentsDeadlineForm, DocumentsForm


def _ask(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    services.ask_papers(
        ticket=ticket,
        papers=data["papers"],
        until=data["until"],
        is_indispensable=data["needed"] != "no",
        reason=data["why"],
        by=by,
        at=at,
    )


def _change_day(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    services.change_papers_day(ticket=ticket, until=data["until"], reason=data["why"], by=by, at=at)


ACTIONS: dict[str, Action] = {
    "papers": Action(
        DocumentsForm,
        _ask,
        _("Demander ces papiers"),
        _("Les papiers sont demandés."),
        "papers_back",
        _("Annuler : ne pas les demander"),
    ),
    "papers_day": Action(
        DocumentsDeadlineForm,
        _change_day,
        _("Donner ce jour"),
        _("Le jour est changé."),
    ),
    "papers_back": Action(
        ActionForm,
        verb_of(services.cancel_papers_request),
        _("Ne plus les demander"),
        _("Ces papiers ne sont plus demandés."),
        "papers_restored",
        _("Annuler : les demander"),
    ),
    "papers_restored": Action(
        ActionForm,
        verb_of(services.restore_papers),
        _("Les demander de nouveau"),
        _("Les papiers sont de nouveau demandés."),
    ),
    "papers_complete": Action(
        ActionForm,
        verb_of(services.note_papers_complete),
        _("Tous les papiers sont là"),
        _("La demande est complète."),
    ),
}

PATHS = {
    "papers": "papiers",
    "papers_day": "papiers-jour",
    "papers_back": "papiers-annules",
    "papers_restored": "papiers-retablis",
    "papers_complete": "papiers-complets",
}
