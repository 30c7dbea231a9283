"""A list of tickets as a file: the filter and the order of the page, all its pages."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from requests_app.access.gate import require
from requests_app.access.scope import scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.selectors import file_rows
from requests_app.www.backoffice import list_files
from requests_app.www.backoffice.triage.listing import read_listing


@require_GET
@login_required
def export(request: AgentRequest, form: str) -> HttpResponse:
    """Send the list of the address to those who handle its tickets."""
    scope, now = scope_of(request.user), timezone.now()
    require(bool(scope.exported_places))
    list_files.check_form(form)
    listing = read_listing(request, scope)
    maison_id = listing.maison_id(request.user, scope)
    tickets = listing.tickets(scope=scope, maison_id=maison_id, now=now).filter(scope.exported_places.as_q())
    found = list_files.ListFile(
        name=f"demandes-{listing.view.code}-{local_day(now)}",
        title=_("Demandes"),
        heads=file_rows.heads(),
        rows=file_rows.exported_rows(tickets, listing.sort, limit=list_files.MAX_ROWS + 1),
        filters=f"triage {listing.query}",
        maison_id=maison_id,
    )
    return list_files.send_list(found, form, by=request.user, at=now)
