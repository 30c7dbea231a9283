"""What agents do to a ticket of theirs: who has it, how urgent it is, what it waits for, its end."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from requests_app.accounts.models import User
from requests_app.tickets import services
from requests_app.tickets.models import Ticket
from requests_app.www.backoffice.ticket import forms, transitions_merge
from requests_app.www.backoffice.ticket.actions import Action, verb_of


def _assign(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    services.assign(ticket=ticket, to=User.objects.get(pk=data["to"]), by=by, at=at)


ACTIONS: dict[str, Action] = {
    "take": Action(
        forms.ActionForm,
        verb_of(services.take),
        _("À moi"),
        _("La demande est à vous."),
        "release",
        _("Annuler : la rendre"),
    ),
    "assign": Action(forms.AssignForm, _assign, _("Confier"), _("La demande est confiée.")),
    "release": Action(
        forms.ActionForm,
        verb_of(services.release),
        _("Rendre à l’équipe"),
        _("La demande est rendue à l’équipe."),
        "take",
        _("Annuler : la reprendre"),
    ),
    "priority": Action(
        forms.PriorityForm,
        verb_of(services.change_priority, "priority"),
        _("Changer la priorité"),
        _("La priorité est changée."),
    ),
    "no_danger": Action(
        forms.ActionForm,
        verb_of(services.dismiss_danger),
        _("Ce n’est pas un danger"),
        _("La demande n’est plus marquée comme un danger."),
        "danger",
        _("Annuler : c’est un danger"),
    ),
    "danger": Action(
        forms.ActionForm,
        verb_of(services.restore_danger),
        _("Signaler un danger"),
        _("La demande est marquée comme un danger."),
        "no_danger",
        _("Annuler : ce n’est pas un danger"),
    ),
    "hold": Action(
        forms.HoldForm,
        verb_of(services.put_on_hold, "state", "reason"),
        _("Mettre en attente"),
        _("La demande est en attente."),
        "resume",
        _("Annuler : la reprendre"),
    ),
    "resume": Action(
        forms.ActionForm, verb_of(services.resume), _("Reprendre"), _("La demande est reprise.")
    ),
    "first_received": Action(
        forms.FirstReceivedForm,
        verb_of(services.note_first_received, "first_on"),
        _("Noter ce jour"),
        _("Le jour est noté."),
    ),
    "reasons_asked": Action(
        forms.ReasonsAskedForm,
        verb_of(services.note_reasons_asked, "asked_on"),
        _("Noter la demande"),
        _("La demande des raisons est notée."),
        "reasons_unasked",
        _("Annuler : pas demandées"),
    ),
    "reasons_unasked": Action(
        forms.ActionForm,
        verb_of(services.undo_reasons_asked),
        _("Raisons pas demandées"),
        _("La demande des raisons est annulée."),
    ),
    "service_answered": Action(
        forms.ServiceAnswerForm,
        verb_of(services.note_service_answer, "outcome", "answered_on"),
        _("Noter la réponse du service"),
        _("La réponse du service est notée."),
        "service_unanswered",
        _("Annuler : pas de réponse"),
    ),
    "service_unanswered": Action(
        forms.ActionForm,
        verb_of(services.undo_service_answer),
        _("Le service n’a pas répondu"),
        _("La réponse du service est annulée."),
    ),
    "close": Action(
        forms.CloseForm,
        transitions_merge.close,
        _("Terminer la demande"),
        _("La demande est terminée."),
    ),
    "reopen": Action(
        forms.ReopenForm,
        verb_of(services.reopen, "reason"),
        _("Rouvrir la demande"),
        _("La demande est rouverte."),
    ),
    "read": Action(
        forms.ActionForm,
        verb_of(services.mark_read),
        _("Lu, rien à répondre"),
        _("C’est noté comme lu."),
        "unread",
        _("Annuler : à lire"),
    ),
    "unread": Action(
        forms.ActionForm, verb_of(services.mark_unread), _("Remettre à lire"), _("C’est de nouveau à lire.")
    ),
}

PATHS = {
    "take": "prendre",
    "assign": "confier",
    "release": "rendre",
    "priority": "priorite",
    "no_danger": "pas-un-danger",
    "danger": "danger",
    "hold": "attente",
    "resume": "reprendre",
    "first_received": "recue-ailleurs",
    "reasons_asked": "raisons-demandees",
    "reasons_unasked": "raisons-pas-demandees",
    "service_answered": "reponse-du-service",
    "service_unanswered": "pas-de-reponse-du-service",
    "close": "terminer",
    "reopen": "rouvrir",
    "read": "lu",
    "unread": "a-lire",
}
