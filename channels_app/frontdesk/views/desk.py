import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from channels_app.frontdesk import notices
from channels_app.frontdesk.appointments import expected_here, note_arrival
from channels_app.frontdesk.booking import NoSlotsShown, slots_of_noted
from channels_app.frontdesk.desk import Desk, desk_of
from channels_app.frontdesk.forms import VisitForm, form_of
from channels_app.frontdesk.kind import VISIT
from channels_app.frontdesk.models import KeptNote
from channels_app.frontdesk.services import save_visit, saved_before, undo_visit
from channels_app.frontdesk.sheet import Next
from channels_app.frontdesk.tokens import person_token, undone_by
from channels_app.frontdesk.typed_notes import delete_note, save_note, saved_note, typed_of
from channels_app.frontdesk.views.counter import DESK_REFUSED, counter_context
from channels_app.frontdesk.visitors import NotShown, Offer, visitor_of
from channels_app.frontdesk.writing import build_submission, sheet_of
from channels_app.intake.models import Arrival
from channels_app.noting import KINDS, Kind, kind_of_channel
from requests_app.accounts.agent_request import AgentRequest
from requests_app.feedback.selectors import done_lately, places_of
from requests_app.lib.bodies import accepts_body
from requests_app.lib.dangers import dangers_in, numbers_of
from requests_app.lib.questions import keeps_typing, only_asks
from requests_app.maisons.models import Maison
from requests_app.tickets.errors import Refused
from requests_app.tickets.selectors.promises import to_call
from requests_app.visits.services import desk_today
from requests_app.visits.waits import wait_at

logger = logging.getLogger(__name__)

DONE = "visit_done"  # in the session: the arrival of the last visit; no name, nothing personal
UNREADY = 422


@accepts_body()  # the scans of a letter
@login_required
@require_http_methods(["GET", "POST"])
def visit(request: AgentRequest) -> HttpResponse:
    """Log a visit, a call or a letter; the empty form again once it is saved, with what was done."""
    desk = desk_of(request)
    if desk.maison_id is None:
        return render(request, "frontdesk/choose_place.html", status=409 if request.method == "POST" else 200)
    if request.method == "POST":
        return _save(request, desk)
    return _empty(request, desk)


def _empty(request: AgentRequest, desk: Desk) -> HttpResponse:
    """Return an empty form, or one with what this agent had typed when their session ended (threats: S09)."""
    kind, note = _kind(request), saved_note(by=desk.user, at=desk.at)
    if note and request.GET.get("pour", note.kind) == note.kind and note.kind in KINDS:
        kind = KINDS[note.kind]
        form = form_of(kind)(kind=kind, now=desk.at, maison_id=desk.maison_id, initial=typed_of(note))
        return _page(request, desk, form, kept=note)
    return _page(request, desk, form_of(kind)(kind=kind, now=desk.at, maison_id=desk.maison_id))


@accepts_body()  # the scans of a letter
@keeps_typing
@login_required
@require_POST
def keep(request: AgentRequest) -> HttpResponse:
    """Save what is being typed; the page sends it every second or so."""
    desk, kind = desk_of(request), _kind(request)
    form = form_of(kind)(request.POST, kind=kind, now=desk.at, maison_id=desk.maison_id)
    key = request.POST.get("cle", "").replace("-", "")
    save_note(kind=kind, form=form, key=key, by=desk.user, at=desk.at)
    if request.htmx:
        return _heard_meanwhile(request)
    return _back(kind)


def _heard_meanwhile(request: HttpRequest) -> HttpResponse:
    """Say whom to call as soon as a danger is typed (threats: N12)."""
    dangers = dangers_in("\n".join(request.POST.get(name, "") for name in ("motif", "mot")))
    if not dangers:
        return HttpResponse(status=204)
    return render(request, "frontdesk/_danger.html", {"numbers": numbers_of(dangers), "is_alone": True})


@login_required
@require_POST
def erase(request: AgentRequest) -> HttpResponse:
    """Delete what was typed: it is no longer wanted."""
    delete_note(by=desk_of(request).user)
    return _back(_kind(request))


def _kind(request: HttpRequest) -> Kind:
    """Return the tab of the form; the visit when the address names none, or one that is not open."""
    return KINDS.get(request.GET.get("pour", ""), VISIT)


@accepts_body()  # the scans of a letter
@only_asks
@login_required
@require_POST
def switch(request: AgentRequest) -> HttpResponse:
    """Switch the form to another kind; what is typed stays."""
    desk = desk_of(request)
    if desk.maison_id is None:
        return redirect("frontdesk:visit")
    kind = _kind(request)
    typed = {name: value for name, value in request.POST.items() if name != "suite"}
    return _page(
        request, desk, form_of(kind)(kind=kind, now=desk.at, maison_id=desk.maison_id, initial=typed)
    )


def _save(request: AgentRequest, desk: Desk) -> HttpResponse:
    kind = _kind(request)
    form = form_of(kind)(request.POST, request.FILES, kind=kind, now=desk.at, maison_id=desk.maison_id)
    if form.unlisted:
        logger.warning("frontdesk: %s fields that are not of the form refused", len(form.unlisted))
        return HttpResponseBadRequest()
    if not form.is_valid():
        return _page(request, desk, form, status=UNREADY)
    pressed = build_submission(desk, form)
    try:
        visitor = visitor_of(desk, form)
    except NotShown:
        form.add_error("qui", _("Choisissez de nouveau la personne dans la liste."))
        return _page(request, desk, form, status=UNREADY)
    if not isinstance(visitor, Offer):
        form.check_person(visitor.person_id)
    if form.errors:
        return _page(request, desk, form, status=UNREADY)
    if isinstance(visitor, Offer):  # a repeat finds the person that its first submission created
        arrival_id = saved_before(kind=kind, pressed=pressed)
        if arrival_id is None:
            return _page(request, desk, form, offer=visitor, status=UNREADY)
    else:
        sheet = sheet_of(desk, form, visitor)
        arrival_id = save_visit(kind=kind, sheet=sheet, pressed=pressed)
        if sheet.next == Next.QUEUE and sheet.person_id:
            note_arrival(desk, sheet.person_id)
    request.session[DONE] = arrival_id
    request.session.pop(notices.ARRIVED, None)
    delete_note(by=desk.user)
    if form.cleaned_data["suite"] == kind.booking_step:
        return _show_slots(request, desk, kind, arrival_id)
    return _back(kind)


def _show_slots(request: AgentRequest, desk: Desk, kind: Kind, arrival_id: int) -> HttpResponse:
    """Lead to the next slots, or back to the desk, which says why there are none."""
    try:
        address = slots_of_noted(desk, kind, arrival_id)
    except NoSlotsShown as reason:
        messages.info(request, str(reason))
        return _back(kind)
    return _go_to(request, address) if address else _back(kind)


def _go_to(request: AgentRequest, address: str) -> HttpResponse:
    """Leave the desk for a whole page, with htmx or without."""
    return HttpResponse(status=204, headers={"HX-Redirect": address}) if request.htmx else redirect(address)


def _page(
    request: AgentRequest,
    desk: Desk,
    form: VisitForm,
    *,
    offer: Offer | None = None,
    kept: KeptNote | None = None,
    status: int = 200,
) -> HttpResponse:
    done = None if form.is_bound else notices.last_visit(desk, request.session.get(DONE))
    context: dict[str, Any] = {
        "form": form,
        "kind": form.kind,
        "kinds": KINDS.values(),
        "promised": to_call(desk.scope, maison_id=desk.maison_id),
        "offer": offer,
        "kept": kept,
        "lines": [(person_token(line.id, desk.user), line) for line in offer.persons] if offer else [],
        "done": done,
        "numbers": done.numbers if done else (),
        "arrived": None
        if form.is_bound
        else notices.last_arrival(desk, request.session.get(notices.ARRIVED)),
        **counter_context(request, desk),
        **_place(desk),
        "desk_refused": request.session.pop(DESK_REFUSED, None),
    }
    if request.htmx:
        return render(request, "frontdesk/_desk.html", context, status=status)
    context["said_and_done"] = done_lately(places=places_of(desk.user), now=desk.at)
    return render(request, "frontdesk/visit.html", context, status=status)


def _place(desk: Desk) -> dict[str, Any]:
    """Return where the agent receives, how long people wait there at this hour, and who is expected."""
    assert desk.maison_id is not None
    maison = Maison.objects.get(pk=desk.maison_id)
    number = desk_today(agent=desk.user, maison_id=maison.pk, at=desk.at)
    return {
        "desk_number": number,
        "wait": wait_at(maison, desk.at),
        "expected": expected_here(desk),
    }


@login_required
@require_POST
def undo(request: AgentRequest) -> HttpResponse:
    """Undo the visit that the notice names; a second time does nothing more."""
    desk = desk_of(request)
    arrival_id = undone_by(request.POST.get("visite", ""), desk.user)
    if arrival_id is None:
        return HttpResponseNotFound()
    arrival = get_object_or_404(Arrival.objects.select_related("touchpoint"), pk=arrival_id)
    try:
        undo_visit(arrival=arrival, by=desk.user, at=desk.at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _back(kind_of_channel(arrival.channel))


def _back(kind: Kind) -> HttpResponse:
    """Redirect to the same tab, empty."""
    return redirect(f"{reverse('frontdesk:visit')}?pour={kind.code}")
