"""Do one thing to a demand, or to several: load within the scope, call one verb, go back to the place."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from requests_app.access.journal import Kind, note_reading
from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.tickets.errors import ChangedMeanwhile, NotAllowed, Refused
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.counts import around
from requests_app.www.backoffice.choices import Choices, territory_of
from requests_app.www.backoffice.forms import ActionForm, BulkForm, UnexpectedFields
from requests_app.www.backoffice.listing import Listing, read_listing
from requests_app.www.backoffice.moves import ACTIONS
from requests_app.www.backoffice.opening import Opened, open_readable
from requests_app.www.backoffice.panels import bound
from requests_app.www.backoffice.ticket import Refusal, listing_of, ticket_page

ALSO = frozenset({"ici", "fil"})
LEAVES_LIST = {"sort", "join_ticket"}  # the next one of the list is shown after it


@require_POST
@login_required
def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Do it, or show the page again with the reason and what was typed."""
    opened = open_readable(request, reference)
    listing = listing_of(request, opened, also=ALSO)
    try:
        form = bound(name, request.POST, opened=opened, territory=territory_of(request))
    except UnexpectedFields as error:
        raise BadRequest("unexpected fields") from error
    if not form.is_valid():
        return _refused(request, reference, listing, Refusal("", form, 422))
    following = _following(opened, listing) if name in LEAVES_LIST else ""
    ticket = opened.ticket
    read = ticket.version
    ticket.version = form.cleaned_data["version"] or read
    try:
        ACTIONS[name].apply(ticket, form.cleaned_data, opened.user, opened.now)
    except ChangedMeanwhile as error:
        missed = read - (form.cleaned_data["version"] or read)
        return _refused(request, reference, listing, Refusal(str(error), form, 409, missed))
    except Refused as error:
        status = 403 if isinstance(error, NotAllowed) else 422
        return _refused(request, reference, listing, Refusal(str(error), form, status))
    return _after(request, form, opened, listing, following)


def _refused(request: HttpRequest, reference: str, listing: Listing | None, refusal: Refusal) -> HttpResponse:
    """Show the ticket as it is now; the form keeps what was typed and follows the new version."""
    opened = open_readable(request, reference)
    return ticket_page(request, opened, listing, refusal)


def _following(opened: Opened, listing: Listing | None) -> str:
    """The next ticket of the list, read before this one leaves it."""
    if listing is None:
        return ""
    maison_id = listing.maison_id(opened.user, opened.scope)
    tickets = listing.tickets(scope=opened.scope, maison_id=maison_id, now=opened.now)
    near = around(tickets.exclude(pk=opened.ticket.pk), listing.sort, listing.mark_of(opened.ticket))
    return near.next or near.previous


def _after(
    request: HttpRequest, form: ActionForm, opened: Opened, listing: Listing | None, following: str
) -> HttpResponse:
    name, action, ticket = form.name, ACTIONS[form.name], opened.ticket
    number = form.cleaned_data.get("which", ticket.version)
    query = listing.query if listing else ""
    is_in_list = request.GET.get("ici") == "tri"
    if action.undone_by and opened.can_handle:
        done: dict[str, str | int] = {"fait": name, "de": ticket.reference, "v": number}
        query = f"{query}&{urlencode(done)}" if query else urlencode(done)
    else:
        messages.success(request, str(action.done))
    if not opened.scope.can_see(ticket.maison_id):
        return _to("triage", query=query)
    if is_in_list and name in LEAVES_LIST:
        return _to("preview", following, query=query) if following else _to("triage", query=query)
    return _to("preview" if is_in_list else "ticket", ticket.reference, query=query)


def _to(name: str, *args: str, query: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"backoffice:{name}", args=args) + (f"?{query}" if query else ""))


@require_POST
@login_required
def act_on_many(request: HttpRequest) -> HttpResponse:
    """« À moi » or « Changer de lieu » for the rows chosen; each is done, or named as not done."""
    user = cast(User, request.user)
    if not scope_of(user).can_triage:
        raise PermissionDenied
    listing = read_listing(request, scope_of(user), also={"apres", "avant"})
    try:
        form = BulkForm(request.POST, name="lot", choices=Choices(territory_of(request), None))
    except UnexpectedFields as error:
        raise BadRequest("unexpected fields") from error
    if not form.is_valid():
        messages.error(request, _("Choisissez des demandes, et ce qu’il faut en faire : lieu et raison."))
        return _to("triage", query=listing.query)
    tickets = _picked(user, dict(form.cleaned_data["pick"]))
    data = form.cleaned_data
    refused = [ticket.reference for ticket in tickets if not _done(ticket, data["do"], data, user)]
    _tell(request, len(tickets) - len(refused), refused)
    return _to("triage", query=listing.query)


def _picked(user: User, versions: dict[int, int]) -> list[Ticket]:
    """The tickets chosen, as they were when the page was read; one out of the scope refuses all."""
    scope = scope_of(user)
    tickets = list(Ticket.objects.select_related("topic", "maison").filter(pk__in=versions).order_by("pk"))
    for ticket in tickets:
        if not scope.can_see(ticket.maison_id):
            note_reading(
                user=user, kind=Kind.TICKET, subject_id=ticket.pk, at=timezone.now(), was_refused=True
            )
            raise Http404
        ticket.version = versions[ticket.pk]
    return tickets


def _done(ticket: Ticket, name: str, data: dict[str, object], by: User) -> bool:
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
