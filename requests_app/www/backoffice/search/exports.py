"""What a search found as a file; the terms stay out of the address and of the log (threats: A05, W05)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from requests_app.access.gate import require
from requests_app.access.scope import scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.casefile.logged_search import search_logged
from requests_app.lib.questions import only_asks
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.selectors import file_rows
from requests_app.tickets.selectors.ordering import SORTS
from requests_app.tickets.selectors.word_search import find_tickets
from requests_app.www.backoffice import list_files
from requests_app.www.backoffice.search.search_page import MAX_LENGTH, NOTHING, as_stored

NEWEST_FIRST = SORTS["arrivee"]
NOTHING_FOUND = {"found": [], "hits": NOTHING, "is_following": False, "glass_form": None, "export_bound": ""}


@only_asks
@require_POST
@login_required
def export(request: AgentRequest, form: str) -> HttpResponse:
    """Send the tickets found to those who handle them; it counts as one more search."""
    scope, now = scope_of(request.user), timezone.now()
    require(bool(scope.exported_places))
    list_files.check_form(form)
    asked = request.POST.get("q", "").strip()[:MAX_LENGTH]
    looked = search_logged(by=request.user, typed=asked, at=now)
    if looked.refusal:
        refused = {"asked": asked, "refusal": looked.refusal}
        return render(request, "backoffice/search.html", {**NOTHING_FOUND, **refused})
    tickets = find_tickets(scope, as_stored(asked, now)).filter(scope.exported_places.as_q())
    found = list_files.ListFile(
        name=f"recherche-{local_day(now)}",
        title=_("Demandes"),
        heads=file_rows.heads(),
        rows=file_rows.exported_rows(tickets, NEWEST_FIRST, limit=list_files.MAX_ROWS + 1),
        filters="search",
    )
    return list_files.send_list(found, form, by=request.user, at=now)
