"""« Personnes »: find somebody the agent may know, then open their page (threats: A02, A05)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from requests_app.access.gate import require
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import User
from requests_app.appointments.selectors import persons_expected
from requests_app.casefile.elsewhere import found_exactly
from requests_app.casefile.logged_search import SearchResult, search_logged
from requests_app.casefile.person_search import PersonFound
from requests_app.casefile.profile import openable_ids
from requests_app.lib.questions import only_asks
from requests_app.outbox import windows
from requests_app.visits.selectors import expected_persons
from requests_app.www.backoffice.breakglass.glass_forms import GlassForm
from requests_app.www.backoffice.breakglass.glass_views import offers_to

MAX_LENGTH = 200


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody found; their page opens when one of their tickets is readable."""

    person: PersonFound
    is_openable: bool
    glass_form: GlassForm | None = None


@only_asks
@require_http_methods(["GET", "POST"])
@login_required
def persons(request: AgentRequest) -> HttpResponse:
    """Ask for a search, and list those found; a name never stands in an address (threats: P01)."""
    user = request.user
    scope = scope_of(user)
    require(scope.can_triage)
    if request.GET:
        raise BadRequest("unknown parameter")
    asked = request.POST.get("q", "").strip()[:MAX_LENGTH]
    now = timezone.now()
    looked = (
        search_logged(by=user, typed=asked, at=now, expected=_expected_persons(user, now))
        if asked
        else SearchResult([])
    )
    found = _lines(scope, user, looked.persons, asked, now)
    context = {"asked": asked, "found": found, "refusal": looked.refusal}
    return render(request, "backoffice/persons.html", context)


def _expected_persons(user: User, now: datetime) -> QuerySet[Any] | None:
    """Return those expected today at the counter where the agent works (threats: A05)."""
    if not user.current_maison_id:
        return None
    at, (start, end) = [user.current_maison_id], windows.day_of(now)
    coming = persons_expected(maison_ids=at, start=start, end=end)
    return expected_persons(maison_ids=at, at=now).union(coming)


def _lines(scope: Scope, user: User, people: list[PersonFound], asked: str, now: datetime) -> list[PersonRow]:
    ids = [person.id for person in people]
    opened, offers = openable_ids(scope, ids), offers_to(user, found_exactly(scope, asked, ids, at=now))
    return [PersonRow(person, person.id in opened, offers.get(person.id)) for person in people]
