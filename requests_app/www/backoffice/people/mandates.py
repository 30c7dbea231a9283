"""Who acts for a person: note it, end it, undo it (threats: A05, W03)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.lib.direction import isolate
from requests_app.people.errors import Refused
from requests_app.people.models import Mandate
from requests_app.people.services import end_mandate, note_mandate, remove_mandate, restore_mandate
from requests_app.www.backoffice.people.mandate_forms import EndForm, MandateForm
from requests_app.www.backoffice.people.person_changes import form_page
from requests_app.www.backoffice.people.person_opening import OpenedPerson, open_handled
from requests_app.www.backoffice.ticket.undo import SHOWN_FOR, Undo
from requests_app.www.backoffice.triage.listing import read_number

REMOVED = "mandat"  # in the address of the page: the mandate just removed


@require_http_methods(["GET", "POST"])
@login_required
def mandate_new(request: AgentRequest, pk: int) -> HttpResponse:
    """Note who acts for the person, since when, and who receives our answers."""
    known = open_handled(request, pk)
    form = MandateForm(request.POST or None, today=timezone.localdate(known.now))

    def do(_data: Any) -> object:
        return note_mandate(person=known.person, new=form.new(), by=known.user, at=known.now)

    context = {"title": _("Noter qui la représente"), "seen": ""}
    return form_page(request, known, form, do, context, _("C’est noté."))


@require_http_methods(["GET", "POST"])
@login_required
def mandate_end(request: AgentRequest, pk: int, mandate: int) -> HttpResponse:
    """Say which day is the last."""
    known = open_handled(request, pk)
    row = _standing(known, mandate)
    form = EndForm(request.POST or None, today=timezone.localdate(known.now))

    def do(data: Any) -> object:
        return end_mandate(mandate=row, on=data["ends_on"], by=known.user, at=known.now)

    title = _("Fin : %(holder)s ne la représente plus") % {"holder": isolate(row.holder)}
    return form_page(request, known, form, do, {"title": title, "seen": ""}, _("La fin est notée."))


@require_POST
@login_required
def mandate_remove(request: AgentRequest, pk: int, mandate: int) -> HttpResponse:
    """Remove one noted by mistake; the page that follows offers to undo it."""
    known = open_handled(request, pk)
    try:
        remove_mandate(mandate=_standing(known, mandate), by=known.user, at=known.now)
    except Refused as error:
        messages.error(request, str(error))
        return _redirect_to(known)
    return _redirect_to(known, f"?{REMOVED}={mandate}")


@require_POST
@login_required
def mandate_restore(request: AgentRequest, pk: int, mandate: int) -> HttpResponse:
    """Put back what was just removed."""
    known = open_handled(request, pk)
    row = get_object_or_404(Mandate, pk=mandate, person=known.person)
    try:
        restore_mandate(mandate=row, by=known.user, at=known.now)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("C’est noté de nouveau."))
    return _redirect_to(known)


def mandate_removed_just_now(request: HttpRequest, known: OpenedPerson) -> Undo | None:
    """Return the mandate named by the address, when it was removed a moment ago."""
    number = read_number(request.GET, REMOVED)
    if number is None:
        return None
    gone = Mandate.objects.filter(person=known.person, removed_at__gte=known.now - SHOWN_FOR)
    found = gone.filter(pk=number).first()
    if found is None:
        return None
    return Undo(
        strong=_("C’est retiré."),
        text=found.holder,
        action=reverse("backoffice:mandate_restore", args=[known.person.pk, found.pk]),
        label=_("Annuler le retrait"),
        value=0,
        over=_("C’est gardé. Vous pouvez encore le noter de nouveau."),
        name="",
    )


def _standing(known: OpenedPerson, pk: int) -> Mandate:
    return get_object_or_404(Mandate.objects.standing(), pk=pk, person=known.person)


def _redirect_to(known: OpenedPerson, query: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("backoffice:person_page", args=[known.person.pk]) + query)
