"""Persons found by an exact telephone or e-mail, and read (threats: A05)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.api.etags import build_mismatch, require_match
from requests_app.api.fields import TextField
from requests_app.api.pages import ListView, PageQuery
from requests_app.api.persons.opening import PersonView, show_person
from requests_app.api.persons.shapes import PersonIn, PersonRow
from requests_app.api.problems import Problem, invalid_parameter
from requests_app.casefile.logged_search import search_logged
from requests_app.casefile.person_search import PersonFound
from requests_app.lib.refusals import Refused
from requests_app.people.errors import ChangedMeanwhile
from requests_app.people.models import Person
from requests_app.people.services import change_identity
from requests_app.people.services.identity import FIELDS, Identity, etag_of_identity
from requests_app.people.services.points import normal_value


class PersonQuery(PageQuery):
    """Whom to look for: one of the two."""

    phone = TextField(required=False, max_length=40, help_text=gettext_lazy("Le numéro entier."))
    mail = TextField(required=False, max_length=254, help_text=gettext_lazy("L’adresse entière."))


class PersonList(ListView):
    """Find persons by their whole telephone or e-mail: finding somebody gives no right to read them.

    Each search is logged and counted as an agent's; without either there is nothing to find.
    """

    resource, Query, Out = "persons", PersonQuery, PersonRow
    is_newest_first = False

    def rows(self, **kwargs: Any) -> "QuerySet[Any]":
        typed = self._read_criterion()
        result = search_logged(by=self.agent, typed=typed, at=self.now) if typed else None
        if result and result.refusal:
            raise Problem("too-many-requests", headers={"Retry-After": "600"})
        self.found = {each.id: each for each in result.persons} if result else {}
        return Person.objects.filter(pk__in=self.found)

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        return [_show_found(self.found[row.pk]) for row in rows]

    def _read_criterion(self) -> str:
        """Return the one thing to look for, normalised; a part of a number, or a name, is refused."""
        given = [name for name in ("phone", "mail") if name in self.asked]
        if len(given) > 1:
            raise invalid_parameter("mail", _("Cherchez par téléphone ou par e-mail, pas les deux."))
        if not given:
            return ""
        kind = {"phone": "phone", "mail": "email"}[given[0]]
        try:
            return normal_value(kind, self.asked[given[0]])
        except Refused as error:
            raise invalid_parameter(given[0], str(error)) from error


class PersonDetail(PersonView):
    """Read one person of whom the key may read a ticket."""

    In = PersonIn

    def get(self, request: Request, person: int) -> Response:
        return self.answer(self.pick(show_person(self.open_person(person))))

    def patch(self, request: Request, person: int) -> Response:
        """Correct who they are, as an agent does: the former values are stored."""
        given = self.read(PersonIn, partial=True)
        known = self.open_handled(person)
        seen = request.headers.get("If-Match")
        require_match(seen, show_person(known))
        kept = {name: getattr(known, name) for name in FIELDS}
        if "birth_date" in given:
            kept["birth_year"] = None
        self._change(known, Identity(**{**kept, **given}), has_precondition=seen is not None)
        return self.answer(show_person(Person.objects.get(pk=known.pk)))

    def _change(self, known: Person, to: Identity, *, has_precondition: bool) -> None:
        """Change what was just read; another change in between is a 412 for those who asked, else a 409."""
        seen = etag_of_identity(known)
        try:
            change_identity(person=known, to=to, seen=seen, by=self.agent, at=self.now)
        except ChangedMeanwhile:
            if has_precondition:
                raise build_mismatch() from None
            raise


def _show_found(found: PersonFound) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.name,
        "birth_year": found.birth_year,
        "phone": found.phone or None,
        "open_tickets": found.open_count,
    }
