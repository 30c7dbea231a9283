"""Do one thing to a ticket: load within the scope, call one verb, go back to the place."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.tickets.errors import ChangedMeanwhile, NotAllowed, Refused
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.counts import read_neighbours
from requests_app.www.backoffice.ticket.actions import Action
from requests_app.www.backoffice.ticket.choices import territory_of
from requests_app.www.backoffice.ticket.forms import ActionForm, UnexpectedFields
from requests_app.www.backoffice.ticket.opening import OpenedTicket, open_readable, open_sent
from requests_app.www.backoffice.ticket.panels import bind_form
from requests_app.www.backoffice.ticket.ticket_page import Refusal, listing_of, ticket_page
from requests_app.www.backoffice.ticket.transitions import ACTIONS
from requests_app.www.backoffice.triage.listing import Listing
from requests_app.www.backoffice.triage.triage_list import refused_preview

ALSO = frozenset({"ici", "fil"})
LEAVES_LIST = frozenset({"sort", "join_ticket", "transfer"})  # the next one of the list is shown after it
BY_SENDER = frozenset({"unroute"})  # what a sender may do to a ticket that has left
TO_CORRECT = 422


@require_POST
@login_required
def act(request: AgentRequest, reference: str, name: str) -> HttpResponse:
    """Do it, or show the page again with the reason and what was typed."""
    opened = (open_sent if name in BY_SENDER else open_readable)(request, reference)
    listing = listing_of(request, opened, also=ALSO)
    try:
        form = bind_form(name, request.POST, opened=opened, territory=territory_of(request))
    except UnexpectedFields as error:
        raise BadRequest("unexpected fields") from error
    if not form.is_valid():
        return _show_refusal(request, reference, listing, Refusal("", form, 422))
    following = _following(opened, listing) if name in LEAVES_LIST else ""
    ticket = opened.ticket
    read, was_at = ticket.version, ticket.maison_id
    ticket.version = form.cleaned_data["version"] or read
    try:
        ACTIONS[name].apply(ticket, form.cleaned_data, opened.user, opened.now)
    except ChangedMeanwhile as error:
        missed = read - (form.cleaned_data["version"] or read)
        return _show_refusal(request, reference, listing, Refusal(str(error), form, 409, missed))
    except Refused as error:
        status = 403 if isinstance(error, NotAllowed) else 422
        refusal = Refusal(str(error), form, status, offer=getattr(error, "offer", None))
        return _show_refusal(request, reference, listing, refusal)
    has_moved = ticket.maison_id != was_at and name in {"sort", "reroute"}
    return _redirect_after(request, form, opened, listing, Done("reroute" if has_moved else name, following))


@dataclass(frozen=True, slots=True)
class Done:
    """What is announced and can be undone: rerouting, even by sorting; and the next ticket of the list."""

    name: str
    following: str


def _show_refusal(
    request: AgentRequest, reference: str, listing: Listing | None, refusal: Refusal
) -> HttpResponse:
    """Show the ticket as it is now; the form preserves what was typed and takes the new version."""
    opened = (open_sent if refusal.form.name in BY_SENDER else open_readable)(request, reference)
    is_in_list = request.GET.get("ici") == "tri" and refusal.form.name == "sort"
    if listing and is_in_list and refusal.status == TO_CORRECT:
        return refused_preview(request, opened, listing, refusal)
    return ticket_page(request, opened, listing, refusal)


def _following(opened: OpenedTicket, listing: Listing | None) -> str:
    """Return the next ticket of the list, read before this one leaves it."""
    if listing is None:
        return ""
    maison_id = listing.maison_id(opened.user, opened.scope)
    tickets = listing.tickets(scope=opened.scope, maison_id=maison_id, now=opened.now)
    mark = listing.mark_of(opened.ticket, opened.scope)
    near = read_neighbours(tickets.exclude(pk=opened.ticket.pk), listing.sort, mark)
    return near.next or near.previous


def _redirect_after(
    request: HttpRequest, form: ActionForm, opened: OpenedTicket, listing: Listing | None, told: Done
) -> HttpResponse:
    action, ticket = ACTIONS[told.name], opened.ticket
    number = _number_of_undo(form, action, ticket)
    query = listing.query if listing else ""
    is_in_list = request.GET.get("ici") == "tri"
    if action.undone_by and (opened.can_handle or told.name == "reroute"):
        done: dict[str, str | int] = {"fait": told.name, "de": ticket.reference, "v": number}
        query = f"{query}&{urlencode(done)}" if query else urlencode(done)
    else:
        messages.success(request, str(action.done))
    if is_in_list and form.name in LEAVES_LIST:
        return (
            _redirect_to("preview", told.following, query=query)
            if told.following
            else _redirect_to("triage", query=query)
        )
    if not opened.scope.can_see(ticket.maison_id, ticket.shared_with):
        return _redirect_to("triage", query=query)
    return _redirect_to("preview" if is_in_list else "ticket", ticket.reference, query=query)


def _number_of_undo(form: ActionForm, action: Action, ticket: Ticket) -> int:
    """Return what the undo form is about: the same one thing, or the ticket as it is now."""
    is_about_one = bool(action.undone_by) and ACTIONS[action.undone_by].is_about_one
    return int(form.cleaned_data.get("which", ticket.version)) if is_about_one else ticket.version


def _redirect_to(name: str, *args: str, query: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"backoffice:{name}", args=args) + (f"?{query}" if query else ""))
