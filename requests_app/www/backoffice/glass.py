"""Open a demand out of the scope for a reason, read it half an hour, close it (threats: A04)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from requests_app.access.errors import Refused
from requests_app.access.glass import Behind, break_glass, end_glass
from requests_app.access.scope import scope_of
from requests_app.accounts.agent import agent_of
from requests_app.accounts.models import User
from requests_app.tickets.models import Ticket
from requests_app.www.backoffice.glass_forms import GlassForm, Unsealed, seal, unseal
from requests_app.www.backoffice.opening import open_ticket

TICKET = "ticket"


def offer_of(user: User, ticket: Ticket) -> GlassForm:
    """The form beside a number that is a demand of another place."""
    return GlassForm(sealed=seal(user, TICKET, ticket.pk))


@require_POST
@login_required
def glass(request: HttpRequest) -> HttpResponse:
    """Open what was found, or show the form again with what is missing."""
    user = agent_of(request)
    if not scope_of(user).can_break_glass:
        raise PermissionDenied
    try:
        _kind, pk = unseal(user, request.POST.get("sealed", ""))
    except Unsealed:
        messages.error(request, _("Cherchez la demande de nouveau, puis ouvrez-la."))
        return redirect("backoffice:search")
    form = GlassForm(request.POST)
    ticket = Ticket.objects.only("reference", "maison_id").get(pk=pk)
    if form.is_valid() and _opened(form, user, ticket):
        return _to(ticket.reference)
    return render(request, "backoffice/glass.html", {"form": form, "reference": ticket.reference}, status=422)


def _opened(form: GlassForm, user: User, ticket: Ticket) -> bool:
    data, behind = form.cleaned_data, Behind(ticket.pk, ticket.reference, ticket.maison_id)
    try:
        break_glass(by=user, behind=behind, motive=data["motive"], reason=data["reason"], at=timezone.now())
    except Refused as error:
        form.add_error("reason", str(error))
        return False
    return True


@require_POST
@login_required
def glass_end(request: HttpRequest, reference: str) -> HttpResponse:
    """Close before the half hour."""
    opened = open_ticket(request, reference, by_glass=True)
    if opened.glass is None:
        return _to(opened.ticket.reference)
    end_glass(by=opened.user, ticket_id=opened.ticket.pk, at=opened.now)
    messages.success(request, _("Demande refermée."))
    return redirect("backoffice:search")


def _to(reference: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("backoffice:ticket", args=[reference]))
