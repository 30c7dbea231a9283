"""« Réunir avec une autre fiche »: any record the agent may know, found by search (threats: A02, A05)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from requests_app.accounts.agent_request import AgentRequest
from requests_app.casefile.logged_search import SearchResult, search_logged
from requests_app.casefile.person_search import PersonFound
from requests_app.casefile.profile import openable_ids
from requests_app.www.backoffice.people.person_opening import OpenedPerson, open_handled

MAX_TYPED = 200
ASKED = "merge_search"  # in the session: for whom, and what was typed; a name stands in no address (P01)


@require_http_methods(["GET", "POST"])
@login_required
def merge_search(request: AgentRequest, pk: int) -> HttpResponse:
    """Ask which record is of the same person, then list those found, to be compared."""
    known = open_handled(request, pk)
    if request.method == "POST":
        typed = request.POST.get("q", "").strip()[:MAX_TYPED]
        request.session[ASKED] = {"person": known.person.pk, "typed": typed}
        return redirect("backoffice:merge_search", pk=known.person.pk)
    asked = request.session.get(ASKED) or {}
    typed = asked.get("typed", "") if asked.get("person") == known.person.pk else ""
    looked = search_logged(by=known.user, typed=typed, at=known.now) if typed else SearchResult([])
    context = {
        "person": known.person,
        "name": known.person.full_name,
        "asked": typed,
        "refusal": looked.refusal,
        "found": _comparable(looked.persons, known),
    }
    return render(request, "backoffice/merge_search.html", context)


def _comparable(persons: list[PersonFound], known: OpenedPerson) -> list[PersonFound]:
    """Select those whose page opens to the agent, without the person themselves."""
    opened = openable_ids(known.scope, [each.id for each in persons]) - {known.person.pk}
    return [each for each in persons if each.id in opened]
