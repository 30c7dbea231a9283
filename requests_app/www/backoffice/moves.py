"""What the ticket page offers to do: each action with its form, its verb, and how it is undone."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from requests_app.accounts.models import User
from requests_app.answers.models import Draft
from requests_app.answers.services import drop_draft
from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison
from requests_app.people.models import Person
from requests_app.tickets import services
from requests_app.tickets.messages.transfer import body_of
from requests_app.tickets.models import Outcome, State, Ticket
from requests_app.tickets.models.tickets import WAITING, Priority
from requests_app.www.backoffice import forms, moves_beside, moves_story, moves_whose
from requests_app.www.backoffice.actions import Action, verb_of
from requests_app.www.backoffice.opening import Opened


def _sort(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    topic = Topic.objects.get(pk=data["topic"]) if data["topic"] else None
    maison = Maison.objects.get(pk=data["maison"]) if data["maison"] else None
    services.sort(ticket=ticket, topic=topic, maison=maison, reason=data["reason"], by=by, at=at)


def _assign(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    services.assign(ticket=ticket, to=User.objects.get(pk=data["to"]), by=by, at=at)


def _topic(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    services.change_topic(ticket=ticket, topic=Topic.objects.get(pk=data["topic"]), by=by, at=at)


def _reroute(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    maison = Maison.objects.get(pk=data["maison"])
    services.reroute(ticket=ticket, maison=maison, reason=data["reason"], by=by, at=at)


def _link(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    person = Person.objects.filter(pk=data["person"]).first() or Person()
    services.link_person(ticket=ticket, person=person, by=by, at=at)


def _note(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    services.add_note(ticket=ticket, text=data["text"], by=by, at=at)
    drop_draft(ticket=ticket, kind=Draft.Kind.NOTE, by=by)


ACTIONS: dict[str, Action] = {
    "sort": Action(
        forms.SortForm,
        _sort,
        _("Accepter et voir la suivante"),
        _("Demande triée."),
        "unsort",
        _("Annuler le tri"),
    ),
    "unsort": Action(
        forms.ActionForm, verb_of(services.unsort), _("Remettre à trier"), _("La demande est à trier.")
    ),
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
    "topic": Action(forms.TopicForm, _topic, _("Changer le sujet"), _("Le sujet est changé.")),
    "reroute": Action(
        forms.RerouteForm,
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
    "papers": Action(
        forms.PapersForm,
        verb_of(services.ask_papers, "papers", "until"),
        _("Demander ces papiers"),
        _("Les papiers sont demandés."),
    ),
    "papers_complete": Action(
        forms.ActionForm,
        verb_of(services.note_papers_complete),
        _("Tous les papiers sont là"),
        _("La demande est complète."),
    ),
    "note": Action(
        forms.NoteForm,
        _note,
        _("Enregistrer la note"),
        _("La note est enregistrée."),
    ),
    "close": Action(
        forms.CloseForm,
        moves_story.close,
        _("Terminer la demande"),
        _("La demande est terminée."),
    ),
    "reopen": Action(
        forms.ReopenForm,
        verb_of(services.reopen, "reason"),
        _("Rouvrir la demande"),
        _("La demande est rouverte."),
    ),
    "person": Action(
        forms.LinkForm,
        _link,
        _("C’est cette personne"),
        _("La personne est choisie."),
        "person_back",
        _("Annuler : comme avant"),
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
    "transfer": Action(
        forms.ActionForm,
        verb_of(services.transfer),
        _("Transmettre"),
        _("La demande est transmise."),
        "untransfer",
        _("Annuler : la garder"),
    ),
    "untransfer": Action(
        forms.ActionForm,
        verb_of(services.undo_transfer),
        _("Ne plus transmettre"),
        _("La demande reste chez nous."),
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
    **moves_beside.ACTIONS,
    **moves_story.ACTIONS,
    **moves_whose.ACTIONS,
}

PATHS = {
    "sort": "trier",
    "unsort": "remettre-a-trier",
    "take": "prendre",
    "assign": "confier",
    "release": "rendre",
    "topic": "sujet",
    "reroute": "lieu",
    "unroute": "revenir-au-lieu",
    "priority": "priorite",
    "no_danger": "pas-un-danger",
    "danger": "danger",
    "hold": "attente",
    "resume": "reprendre",
    "papers": "papiers",
    "papers_complete": "papiers-complets",
    "note": "note",
    "close": "terminer",
    "reopen": "rouvrir",
    "person": "personne",
    "read": "lu",
    "unread": "a-lire",
    "transfer": "transmettre",
    "untransfer": "ne-plus-transmettre",
    "links_cut": "couper-les-liens",
    "links_restored": "retablir-les-liens",
    "posted": "courrier-poste",
    "unposted": "courrier-pas-poste",
    **moves_beside.PATHS,
    **moves_story.PATHS,
    **moves_whose.PATHS,
}
# What handlers may do to an open ticket and to a closed one.
ANY_STATE = [
    "person",
    "links_cut",
    "links_restored",
    "posted",
    "unposted",
    *moves_beside.ACTIONS,
    *moves_story.ACTIONS,
    *moves_whose.ACTIONS,
]


def offered(opened: Opened) -> list[str]:
    """The actions that the policy and the state of the ticket leave open."""
    if opened.glass and opened.glass.is_sender:
        return ["unroute"]
    ticket, names = opened.ticket, ["note"] if opened.can_read and not opened.glass else []
    if not opened.can_handle:
        return names
    if ticket.merged_into_id:
        return [*names, *moves_story.AFTER_MERGE]
    names.append("no_danger" if ticket.is_in_danger else "danger")
    if ticket.has_new_words:
        names.append("read")
    if not ticket.is_open:
        undo = ["untransfer"] if ticket.outcome == Outcome.TRANSFERRED else []
        return [*names, "reopen", *undo, *ANY_STATE]
    names += ["assign", "topic", "reroute", "priority", "close", *ANY_STATE]
    names.append("resume" if ticket.state in WAITING else "hold")
    if ticket.missing_papers:
        names.append("papers_complete")
    if body_of(ticket):
        names.append("transfer")
    names.append("sort" if ticket.state == State.TO_SORT else "papers")
    if ticket.assignee_id != opened.user.pk:
        names.append("take")
    if ticket.assignee_id:
        names.append("release")
    return names


def other_priority(ticket: Ticket) -> str:
    return Priority.NORMAL if ticket.is_urgent else Priority.URGENT
