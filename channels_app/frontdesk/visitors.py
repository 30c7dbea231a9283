"""Who the visitor is: chosen, new, anonymous — or several persons to choose from (threats: A05)."""

from dataclasses import dataclass, field, replace

from channels_app.frontdesk.desk import Desk
from channels_app.frontdesk.forms import ANONYMOUS, CREATE, NEW, VisitForm
from channels_app.frontdesk.tokens import person_of
from requests_app.casefile.logged_search import SearchResult
from requests_app.casefile.person_search import PersonFound
from requests_app.people.newcomers import newcomer
from requests_app.people.search_query import SearchQuery
from requests_app.people.services import NewPerson
from requests_app.tickets.who import understand_query


@dataclass(frozen=True, slots=True)
class Visitor:
    """The visitor; anonymous without a person or a new one."""

    person_id: int | None = None
    new_person: NewPerson | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """The page must ask who it is; ``is_duplicate`` when a new person is likely one of these."""

    typed: str
    persons: list[PersonFound] = field(default_factory=list)
    is_duplicate: bool = False
    refusal: str = ""


class NotShown(Exception):
    """Raised when the person chosen was never shown to this agent."""


def visitor_of(desk: Desk, form: VisitForm) -> Visitor | Offer:
    """Read who comes from a valid form; raises NotShown."""
    who, typed = form.who, form.cleaned_data["qui"]
    if who == ANONYMOUS:
        return Visitor()
    if who in (NEW, CREATE):
        asked = _read_query(desk, form)
        same = SearchResult([]) if who == CREATE else desk.look_same(asked)
        if same.persons or same.refusal:
            return Offer(typed, same.persons, is_duplicate=True, refusal=same.refusal)
        return Visitor(new_person=newcomer(asked))
    if not who:
        looked = desk.look_for(typed)
        return Offer(typed, looked.persons, refusal=looked.refusal)
    person_id = person_of(who, desk.user)
    if person_id is None:
        raise NotShown
    return Visitor(person_id=person_id)


def _read_query(desk: Desk, form: VisitForm) -> SearchQuery:
    """Return what is known about a new person: the fields first, then what « Qui ? » says."""
    asked = understand_query(form.cleaned_data["qui"], today=desk.today)
    born, year = form.cleaned_data["naissance"]
    return replace(
        asked,
        phone=form.cleaned_data["telephone"] or asked.phone,
        email=form.cleaned_data["email"] or asked.email,
        birth_date=born or (None if year else asked.birth_date),
        birth_years=(year,) if year else asked.birth_years,
    )
