"""What can be done to what stands beside a ticket: its tasks, its links, its participants."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from requests_app.accounts.models import User
from requests_app.tickets import services
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Participant, PersonProposal, Ticket, TicketLink, ToDo
from requests_app.tickets.selectors.family import family_of
from requests_app.www.backoffice.ticket import forms_sidebar as forms
from requests_app.www.backoffice.ticket.actions import Action, Apply, verb_of


def apply_to_row(
    rows: Callable[[Ticket], QuerySet[Any]], verb: Callable[..., object], name: str, **fixed: object
) -> Apply:
    """Build a verb on one row of the ticket, passed to it under ``name``."""

    def apply(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> object:
        found: Model | None = rows(ticket).filter(pk=data["which"]).first()
        if found is None:
            raise Refused(say("Ce n’est plus dans cette demande."))
        return verb(**{name: found}, by=by, at=at, **fixed)

    return apply


def _task(verb: Callable[..., object]) -> Apply:
    return apply_to_row(
        lambda ticket: ToDo.objects.select_related("ticket").filter(ticket__in=family_of(ticket)),
        verb,
        "task",
    )


def apply_to_link(verb: Callable[..., object], **fixed: object) -> Apply:
    def links(ticket: Ticket) -> QuerySet[TicketLink]:
        both = TicketLink.objects.select_related("from_ticket", "to_ticket")
        family = family_of(ticket)
        return both.filter(Q(from_ticket__in=family) | Q(to_ticket__in=family))

    return apply_to_row(links, verb, "found", **fixed)


def _participant(verb: Callable[..., object], **fixed: object) -> Apply:
    def people(ticket: Ticket) -> QuerySet[Participant]:
        return Participant.objects.select_related("ticket").filter(ticket__in=family_of(ticket))

    return apply_to_row(people, verb, "participant", **fixed)


def _proposal(verb: Callable[..., object]) -> Apply:
    def proposals(ticket: Ticket) -> QuerySet[PersonProposal]:
        return PersonProposal.objects.select_related("ticket__person").filter(ticket__in=family_of(ticket))

    return apply_to_row(proposals, verb, "proposal")


def _add(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    receives = data["receives"] == forms.RECEIVES
    who = {"address": data["address"], "name": data["full_name"], "role": data["role"]}
    services.add_participant(ticket=ticket, **who, may_receive=receives, by=by, at=at)


ACTIONS: dict[str, Action] = {
    "task_done": Action(
        forms.WhichForm,
        _task(services.finish),
        _("C’est fait"),
        _("C’est noté comme fait."),
        "task_undone",
        _("Annuler : à refaire"),
    ),
    "task_undone": Action(
        forms.WhichForm, _task(services.undo_finish), _("Remettre à faire"), _("C’est de nouveau à faire.")
    ),
    "same_case": Action(
        forms.WhichForm,
        apply_to_link(services.decide_link, is_accepted=True),
        _("C’est la même affaire"),
        _("Les deux demandes sont liées."),
        "undecide",
        _("Annuler le lien"),
    ),
    "other_case": Action(
        forms.WhichForm,
        apply_to_link(services.decide_link, is_accepted=False),
        _("Non"),
        _("Le lien est écarté."),
        "undecide",
        _("Annuler : remettre le lien"),
    ),
    "undecide": Action(
        forms.WhichForm,
        apply_to_link(services.undecide_link),
        _("Revenir en arrière"),
        _("Le lien est comme avant."),
    ),
    "link": Action(
        forms.NumberForm,
        verb_of(services.link_by_number, "number"),
        _("Lier les deux demandes"),
        _("Les deux demandes sont liées."),
    ),
    "said_accepted": Action(
        forms.WhichForm,
        _proposal(services.accept_proposal),
        _("Noter sur sa fiche"),
        _("C’est noté sur sa fiche."),
        "said_undecided",
        _("Annuler : ne plus le noter"),
    ),
    "said_refused": Action(
        forms.WhichForm,
        _proposal(services.refuse_proposal),
        _("Ne pas noter"),
        _("Ce n’est pas noté."),
        "said_undecided",
        _("Annuler : remettre à confirmer"),
    ),
    "said_undecided": Action(
        forms.WhichForm,
        _proposal(services.undecide_proposal),
        _("Revenir en arrière"),
        _("C’est de nouveau à confirmer."),
    ),
    "participant": Action(
        forms.ParticipantForm, _add, _("Ajouter à la demande"), _("Cette personne fait partie de la demande.")
    ),
    "receives": Action(
        forms.WhichForm,
        _participant(services.allow_participant, may_receive=True),
        _("Lui envoyer nos réponses"),
        _("Cette personne recevra nos réponses."),
        "receives_not",
        _("Annuler : ne rien lui envoyer"),
    ),
    "receives_not": Action(
        forms.WhichForm,
        _participant(services.allow_participant, may_receive=False),
        _("Ne rien lui envoyer"),
        _("Cette personne ne reçoit pas nos réponses."),
        "receives",
        _("Annuler : lui envoyer nos réponses"),
    ),
    "participant_out": Action(
        forms.WhichForm,
        _participant(services.remove_participant),
        _("Retirer"),
        _("Cette personne ne fait plus partie de la demande."),
        "participant_back",
        _("Annuler le retrait"),
    ),
    "participant_back": Action(
        forms.WhichForm,
        _participant(services.restore_participant),
        _("Remettre dans la demande"),
        _("Cette personne fait de nouveau partie de la demande."),
    ),
}

PATHS = {
    "task_done": "chose-faite",
    "task_undone": "chose-a-refaire",
    "same_case": "meme-affaire",
    "other_case": "autre-affaire",
    "undecide": "lien-comme-avant",
    "link": "lier",
    "said_accepted": "dit-note",
    "said_refused": "dit-ecarte",
    "said_undecided": "dit-a-confirmer",
    "participant": "participant",
    "receives": "participant-recoit",
    "receives_not": "participant-ne-recoit-rien",
    "participant_out": "participant-retire",
    "participant_back": "participant-remis",
}
