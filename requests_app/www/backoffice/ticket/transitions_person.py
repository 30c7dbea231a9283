"""For whom a ticket is: what the page offers to do about it (threats: A05)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.accounts.models import User
from requests_app.casefile.logged_search import SearchResult, find_similar, search_logged
from requests_app.casefile.person_search import PersonFound
from requests_app.people.models import Person
from requests_app.people.newcomers import newcomer
from requests_app.people.services import NewPerson
from requests_app.people.written_names import split_name
from requests_app.tickets import services
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Participant, Ticket
from requests_app.tickets.services.moves import require_handler
from requests_app.tickets.who import understand_query
from requests_app.www.backoffice.ticket import forms, forms_sidebar
from requests_app.www.backoffice.ticket.actions import Action, verb_of
from requests_app.www.backoffice.ticket.forms_person import CREATE, NEW, NOBODY, WRITER, WhoseForm
from requests_app.www.backoffice.ticket.person_tokens import person_of


@dataclass(frozen=True, slots=True)
class Offer:
    """The page must ask who it is; ``is_duplicate`` when a new person is likely one of these."""

    typed: str
    persons: list[PersonFound]
    is_duplicate: bool = False


class Ask(Refused):
    """Nothing is done: the agent chooses among those of ``offer``."""

    def __init__(self, words: str, offer: Offer) -> None:
        super().__init__(words)
        self.offer = offer


def _choose(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    require_handler(ticket, by)  # before any search
    who = _who(ticket, data["pick"] or data["person"], data["who"].strip(), by, at)
    services.choose_person(ticket=ticket, who=who, writer_role=data["role"], by=by, at=at)


def _who(ticket: Ticket, person: str, typed: str, by: User, at: datetime) -> Person | NewPerson | None:
    if person == NOBODY:
        return None
    if person == WRITER:
        return NewPerson(*split_name(ticket.sender))
    if person in {NEW, CREATE}:
        return _newcomer(typed, by, at, is_sure=person == CREATE)
    if person:
        if found := person_of(person, by):
            return found
        raise Refused(_("Choisissez de nouveau la personne dans la liste."))
    if not typed:
        raise Refused(_("Écrivez un nom, un téléphone ou une date de naissance."))
    looked = search_logged(by=by, typed=typed, at=at)
    raise Ask(looked.refusal or _("Choisissez dans la liste pour qui est la demande."), _offer(typed, looked))


def _newcomer(typed: str, by: User, at: datetime, *, is_sure: bool) -> NewPerson:
    """Return the record to create; ask first when somebody known seems to be the same."""
    asked = understand_query(typed, today=timezone.localdate(at))
    if not (any(map(str.isalpha, asked.name)) or asked.phone or asked.email):
        raise Refused(_("Écrivez au moins un nom ou un téléphone."))
    same = SearchResult([]) if is_sure else find_similar(by=by, asked=asked, at=at)
    if same.persons or same.refusal:
        words = same.refusal or _("Cette personne existe peut-être déjà : choisissez-la, ou créez-la.")
        raise Ask(words, _offer(typed, same, is_duplicate=True))
    return newcomer(asked)


def _swap(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    here = Participant.objects.present().select_related("person")
    found = here.filter(ticket=ticket, pk=data["which"]).first()
    if found is None:
        raise Refused(_("Ce n’est plus dans cette demande."))
    found.ticket = ticket
    if found.person is None and (refusal := search_logged(by=by, typed=found.address, at=at).refusal):
        raise Refused(refusal)  # an exact address leads to a record: counted and logged like a search
    services.choose_participant(participant=found, by=by, at=at)


def _offer(typed: str, looked: SearchResult, *, is_duplicate: bool = False) -> Offer:
    return Offer(typed, looked.persons, is_duplicate)


ACTIONS: dict[str, Action] = {
    "whose": Action(
        WhoseForm,
        _choose,
        gettext_lazy("C’est pour cette personne"),
        gettext_lazy("La personne est choisie."),
        "person_back",
        gettext_lazy("Annuler : comme avant"),
    ),
    "person_back": Action(
        forms.ActionForm,
        verb_of(services.restore_person),
        gettext_lazy("Revenir à la personne d’avant"),
        gettext_lazy("La personne est comme avant."),
    ),
    "participant_person": Action(
        forms_sidebar.WhichForm,
        _swap,
        gettext_lazy("La demande est pour cette personne"),
        gettext_lazy("La personne est choisie."),
        "person_back",
        gettext_lazy("Annuler : comme avant"),
    ),
}

PATHS = {
    "whose": "pour-qui",
    "person_back": "pour-qui-comme-avant",
    "participant_person": "pour-ce-participant",
}
