"""Open a ticket out of the scope for a reason, read it half an hour, close it (threats: A04)."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.access.audit_log import Kind, log_access
from requests_app.access.errors import Refused
from requests_app.access.gate import require
from requests_app.access.glass import BreakGlassTarget, break_glass, check_reason, end_glass
from requests_app.access.scope import scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import User
from requests_app.casefile.elsewhere import tickets_behind_glass
from requests_app.tickets.models import Ticket
from requests_app.www.backoffice.breakglass.glass_forms import GlassForm, Unsealed, seal, unseal
from requests_app.www.backoffice.ticket.opening import open_ticket

TICKET, PERSON = "ticket", "person"


def offer_of(user: User, ticket: Ticket) -> GlassForm:
    """Return the form beside a number that is another place's ticket."""
    return GlassForm(sealed=seal(user, TICKET, ticket.pk))


def offers_to(user: User, person_ids: Iterable[int]) -> dict[int, GlassForm]:
    """Return the forms beside persons found by a detail only they give; what is behind stays unsaid."""
    return {pk: GlassForm(sealed=seal(user, PERSON, pk), key=f"g{pk}") for pk in person_ids}


@require_http_methods(["GET", "POST"])
@login_required
def glass(request: AgentRequest) -> HttpResponse:
    """List what is open by exception; open what was found, or show the form again with what is missing."""
    user = request.user
    require(scope_of(user).can_break_glass)
    return _ask(request, user) if request.method == "POST" else _list_open(request, user)


def _list_open(request: HttpRequest, user: User) -> HttpResponse:
    glasses = scope_of(user).glasses
    tickets = Ticket.objects.filter(pk__in=glasses).exclude(scope_of(user).as_q()).order_by("-received_at")
    lines = [(ticket, glasses[ticket.pk]) for ticket in tickets] if glasses else []
    return render(request, "backoffice/glass_open.html", {"lines": lines})


def _ask(request: HttpRequest, user: User) -> HttpResponse:
    try:
        kind, pk = unseal(user, request.POST.get("sealed", ""))
    except Unsealed:
        messages.error(request, _("Cherchez la demande de nouveau, puis ouvrez-la."))
        return redirect("backoffice:search")
    form, targets = GlassForm(request.POST), _targets(user, kind, pk)
    if not form.is_valid() or not _open(form, user, targets):
        return render(request, "backoffice/glass.html", {"form": form}, status=422)
    if not targets:
        _note_nothing(request, user, pk)
        return redirect("backoffice:search")
    return _redirect_to(targets[0].reference) if len(targets) == 1 else redirect("backoffice:glass")


def _targets(user: User, kind: str, pk: int) -> list[BreakGlassTarget]:
    if kind == PERSON:
        return tickets_behind_glass(pk, scope=scope_of(user))
    return [BreakGlassTarget(*Ticket.objects.values_list("pk", "reference", "maison_id").get(pk=pk))]


def _open(form: GlassForm, user: User, targets: list[BreakGlassTarget]) -> bool:
    """Open all of them or none; the reason is required in full before anything is shown."""
    data, now = form.cleaned_data, timezone.now()
    try:
        with transaction.atomic():
            check_reason(data["motive"], data["reason"])
            for each in targets:
                break_glass(by=user, target=each, motive=data["motive"], reason=data["reason"], at=now)
    except Refused as error:
        form.add_error("reason", str(error))
        return False
    return True


def _note_nothing(request: HttpRequest, user: User, person_id: int) -> None:
    """Log that no ticket may be read: the same words whether there is none or a reserved one (A03)."""
    now = timezone.now()
    log_access(user=user, kind=Kind.PERSON, subject_id=person_id, at=now, was_refused=True, why="exception")
    messages.info(request, _("Dans les autres lieux, rien que vous puissiez ouvrir."))


@require_POST
@login_required
def glass_end(request: AgentRequest, reference: str) -> HttpResponse:
    """Close before the half hour."""
    opened = open_ticket(request, reference, by_glass=True)
    if opened.glass is None:
        return _redirect_to(opened.ticket.reference)
    end_glass(by=opened.user, ticket_id=opened.ticket.pk, at=opened.now)
    messages.success(request, _("Demande refermée."))
    return redirect("backoffice:search")


def _redirect_to(reference: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("backoffice:ticket", args=[reference]))
