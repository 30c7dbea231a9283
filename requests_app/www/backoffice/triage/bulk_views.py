"""Do the same to the tickets chosen in a list, and undo those that were sent elsewhere."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from requests_app.access.audit_log import Kind
from requests_app.access.gate import refuse, require
from requests_app.access.scope import scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import User
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket
from requests_app.tickets.services import undo_reroute
from requests_app.www.backoffice.ticket.choices import Choices, territory_of
from requests_app.www.backoffice.ticket.forms import UnexpectedFields
from requests_app.www.backoffice.ticket.transitions import ACTIONS
from requests_app.www.backoffice.ticket.undo import MANY, read_many
from requests_app.www.backoffice.triage.bulk_forms import BulkForm
from requests_app.www.backoffice.triage.listing import Listing, read_listing

PLACES = {"apres", "avant", "ici"}


@require_POST
@login_required
def act_on_many(request: AgentRequest) -> HttpResponse:
    """Do « À moi » or « Changer de lieu » for the rows chosen; each is done, or named as not done."""
    user = request.user
    require(scope_of(user).can_triage)
    listing = read_listing(request, scope_of(user), also=PLACES)
    try:
        form = BulkForm(request.POST, name="lot", choices=Choices(territory_of(request), None, user))
    except UnexpectedFields as error:
        raise BadRequest("unexpected fields") from error
    if not form.is_valid():
        if form.asks:
            return _ask_again(request, form, user, listing)
        missing = _("Choisissez des demandes, et ce qu’il faut en faire : lieu et raison.")
        messages.error(request, str(next(iter(form.non_field_errors()), missing)))
        return _back_to(listing)
    tickets = _picked_tickets(user, dict(form.cleaned_data["pick"]))
    data = form.cleaned_data
    done = [ticket.reference for ticket in tickets if _apply(ticket, data["do"], data, user)]
    refused = [ticket.reference for ticket in tickets if ticket.reference not in done]
    if data["do"] != "reroute" or not done:
        _tell(request, len(done), refused)
        return _back_to(listing)
    _tell(request, 0, refused)
    return _back_to(listing, fait=MANY, de=",".join(done), v=len(done))


def _ask_again(request: HttpRequest, form: BulkForm, user: User, listing: Listing) -> HttpResponse:
    """Ask for confirmation before several go where nobody works, as for one."""
    context = {
        "form": form,
        "words": form.asks,
        "tickets": _picked_tickets(user, dict(form.cleaned_data["pick"])),
        "picks": request.POST.getlist("pick"),
        "action": f"{reverse('backoffice:bulk')}?{listing.query}",
        "back": f"{reverse('backoffice:triage')}?{listing.query}",
    }
    return render(request, "backoffice/bulk_confirm.html", context, status=422)


@require_POST
@login_required
def undo_many(request: AgentRequest) -> HttpResponse:
    """Undo « Changer de lieu » for several: each comes back, or is named as followed there."""
    user = request.user
    scope = scope_of(user)
    require(scope.can_triage)
    listing = read_listing(request, scope, also=PLACES)
    if not set(request.POST) <= {"back", "csrfmiddlewaretoken"}:
        raise BadRequest("unexpected fields")
    references = read_many(request.POST.get("back", ""))
    named = Ticket.objects.select_related("maison").filter(reference__in=references)
    tickets = [t for t in named.order_by("pk") if scope.can_open(t.pk, t.maison_id, t.shared_with)]
    refused = [ticket.reference for ticket in tickets if not _came_back(ticket, user)]
    _tell(request, len(tickets) - len(refused), refused)
    return _back_to(listing)


def _came_back(ticket: Ticket, by: User) -> bool:
    try:
        undo_reroute(ticket=ticket, by=by, at=timezone.now())
    except Refused:
        return False
    return True


def _back_to(listing: Listing, **done: str | int) -> HttpResponse:
    query = f"{listing.query}&{urlencode(done)}" if done else listing.query
    return HttpResponseRedirect(f"{reverse('backoffice:triage')}?{query}")


def _picked_tickets(user: User, versions: dict[int, int]) -> list[Ticket]:
    """Return the tickets chosen, as they were when the page was read; one out of the scope refuses all."""
    scope = scope_of(user)
    tickets = list(Ticket.objects.select_related("topic", "maison").filter(pk__in=versions).order_by("pk"))
    for ticket in tickets:
        if not scope.can_see(ticket.maison_id, ticket.shared_with):
            refuse(kind=Kind.TICKET, subject_id=ticket.pk, by=user, at=timezone.now())
        ticket.version = versions[ticket.pk]
    return tickets


def _apply(ticket: Ticket, name: str, data: dict[str, object], by: User) -> bool:
    try:
        ACTIONS[name].apply(ticket, data, by, timezone.now())
    except Refused:
        return False
    return True


def _tell(request: HttpRequest, done: int, refused: list[str]) -> None:
    if done:
        words = ngettext("%(n)s demande changée.", "%(n)s demandes changées.", done)
        messages.success(request, words % {"n": done})
    if refused:
        names = ", ".join(refused)
        messages.warning(
            request, _("Sans changement : %(names)s. Ouvrez-les pour savoir pourquoi.") % {"names": names}
        )
