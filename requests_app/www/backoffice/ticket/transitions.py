"""What the ticket page offers to do: each action with its form, its verb, and how it is undone."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from requests_app.accounts.models import User
from requests_app.answers.models import Draft
from requests_app.answers.services import drop_draft
from requests_app.people.models import Person
from requests_app.tickets import services
from requests_app.tickets.competence import is_with_our_service
from requests_app.tickets.messages.transfer import body_of
from requests_app.tickets.models import Outcome, State, Ticket
from requests_app.tickets.models.tickets import WAITING, Priority
from requests_app.www.backoffice.ticket import (
    document_actions,
    forms,
    routing_actions,
    transitions_merge,
    transitions_person,
    transitions_sidebar,
    work_actions,
)
from requests_app.www.backoffice.ticket.actions import Action, verb_of
from requests_app.www.backoffice.ticket.opening import OpenedTicket


def _link(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    person = Person.objects.filter(pk=data["person"]).first() or Person()
    services.link_person(ticket=ticket, person=person, by=by, at=at)


def _note(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    services.add_note(ticket=ticket, text=data["text"], by=by, at=at)
    drop_draft(ticket=ticket, kind=Draft.Kind.NOTE, by=by)


ACTIONS: dict[str, Action] = {
    **routing_actions.ACTIONS,
    **work_actions.ACTIONS,
    **document_actions.ACTIONS,
    "note": Action(
        forms.NoteForm,
        _note,
        _("Enregistrer la note"),
        _("La note est enregistrée."),
    ),
    "person": Action(
        forms.LinkForm,
        _link,
        _("C’est cette personne"),
        _("La personne est choisie."),
        "person_back",
        _("Annuler : comme avant"),
    ),
    "links_cut": Action(
        forms.ActionForm,
        verb_of(services.cut_links),
        _("Couper les liens de suivi"),
        _("Les liens de suivi sont coupés."),
        "links_restored",
        _("Annuler : rétablir les liens"),
    ),
    "links_restored": Action(
        forms.ActionForm,
        verb_of(services.restore_links),
        _("Rétablir les liens"),
        _("Les liens de suivi sont rétablis."),
    ),
    "posted": Action(
        forms.ActionForm,
        verb_of(services.note_posted),
        _("Imprimé et posté"),
        _("Le courrier est noté comme posté."),
        "unposted",
        _("Annuler : pas posté"),
    ),
    "unposted": Action(
        forms.ActionForm,
        verb_of(services.note_unposted),
        _("Pas posté"),
        _("Le courrier est de nouveau à poster."),
    ),
    **transitions_sidebar.ACTIONS,
    **transitions_merge.ACTIONS,
    **transitions_person.ACTIONS,
}

PATHS = {
    **routing_actions.PATHS,
    **work_actions.PATHS,
    **document_actions.PATHS,
    "note": "note",
    "person": "personne",
    "links_cut": "couper-les-liens",
    "links_restored": "retablir-les-liens",
    "posted": "courrier-poste",
    "unposted": "courrier-pas-poste",
    **transitions_sidebar.PATHS,
    **transitions_merge.PATHS,
    **transitions_person.PATHS,
}
# What handlers may do to an open ticket and to a closed one.
ANY_STATE = [
    "person",
    "links_cut",
    "links_restored",
    "posted",
    "unposted",
    *transitions_sidebar.ACTIONS,
    *transitions_merge.ACTIONS,
    *transitions_person.ACTIONS,
]


def offered_actions(opened: OpenedTicket) -> list[str]:
    """Return the actions that the policy and the state of the ticket leave open."""
    if opened.glass and opened.glass.is_sender:
        return ["unroute"]
    ticket, names = opened.ticket, ["note"] if opened.can_read and not opened.glass else []
    if not opened.can_handle:
        return names
    if ticket.merged_into_id:
        return [*names, *transitions_merge.AFTER_MERGE]
    names.append("no_danger" if ticket.is_in_danger else "danger")
    if ticket.has_new_words:
        names.append("read")
    if not ticket.is_open:
        return [*names, "reopen", *_actions_after_transfer(ticket), *ANY_STATE]
    names += ["assign", "topic", "reroute", "priority", "close", *ANY_STATE]
    names.append("resume" if ticket.state in WAITING else "hold")
    if ticket.missing_papers:
        names += ["papers_complete", "papers_day", "papers_back"]
    names += _law(ticket)
    if body_of(ticket):
        names.append("transfer")
    names.append("sort" if ticket.state == State.TO_SORT else "papers")
    if ticket.assignee_id != opened.user.pk:
        names.append("take")
    if ticket.assignee_id:
        names.append("release")
    return names


def _actions_after_transfer(ticket: Ticket) -> list[str]:
    """Return what is left to do about one transferred; a service of ours answers for us."""
    if ticket.service_answered_on:
        return ["service_unanswered"]
    if ticket.outcome != Outcome.TRANSFERRED:
        return []
    is_ours = is_with_our_service(ticket)
    return ["untransfer", *(["service_answered", *_law(ticket)] if is_ours else [])]


def _law(ticket: Ticket) -> list[str]:
    """Return the actions that move the legal clock."""
    if ticket.topic is None or not ticket.topic.expects_decision:
        return []
    return ["first_received", "reasons_unasked" if ticket.reasons_asked_on else "reasons_asked"]


def other_priority(ticket: Ticket) -> str:
    return Priority.NORMAL if ticket.is_urgent else Priority.URGENT
