"""Absences of an agent and closures of a Maison: noted, undone, with the appointments met."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.access.gate import require
from requests_app.accounts.agent_request import AgentRequest
from requests_app.appointments.selectors import appointments_among
from requests_app.maisons.models import Maison
from requests_app.slots import services
from requests_app.slots.meetings import appointments_met
from requests_app.slots.models import Absence, Closure
from requests_app.slots.weeks import RULES, Repeat, describe_span
from requests_app.tickets.errors import Refused
from requests_app.www.agenda.days import read_day
from requests_app.www.agenda.hours.away_forms import AbsenceForm, ClosureForm
from requests_app.www.agenda.hours.openings import opening_of
from requests_app.www.agenda.hours.rights import Planner, asked_agent, read_planner
from requests_app.www.agenda.hours.week import week_url
from requests_app.www.agenda.returns import mark_of
from requests_app.www.backoffice.ticket.undo import SHOWN_FOR
from requests_app.www.backoffice.triage.listing import read_number

MAX_LISTED = 100
Away = Absence | Closure


@login_required
@require_http_methods(["GET", "POST"])
def absences(request: AgentRequest) -> HttpResponse:
    """List the absences to come of an agent, and note one more."""
    planner = read_planner(request, asked_agent(request))
    form = AbsenceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        absence = Absence(agent=planner.agent, valid_until=form.cleaned_data["jusqu"], **form.hours())
        absence.rrule = RULES[Repeat(form.cleaned_data["repete"])]
        if saved := _save(form, absence, planner):
            return saved
    rows = Absence.objects.filter(agent=planner.agent).around(planner.today, date(9999, 1, 1))
    found = list(rows.order_by("starts_on", "starts_at", "pk"))
    lines = [_line(row, "agenda:absence") for row in found[:MAX_LISTED]]
    context = {"planner": planner, "form": form, "lines": lines, "is_absence": True}
    context["more"] = len(found) - len(lines)
    context["back_url"] = week_url(planner, planner.today)
    return render(request, "agenda/hours/away.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def closures(request: AgentRequest) -> HttpResponse:
    """List the closures to come of the Maisons that this agent manages, and note one more."""
    planner = read_planner(request)
    places = [each for each in Maison.objects.current().order_by("label", "pk") if planner.manages(each.pk)]
    require(bool(places))
    form = ClosureForm(request.POST if request.method == "POST" else None, places=places)
    if form.is_valid():
        closure = Closure(maison_id=form.cleaned_data["maison"], **form.hours())
        if saved := _save(form, closure, planner):
            return saved
    rows = Closure.objects.standing().filter(maison__in=places, ends_on__gte=planner.today)
    found = list(rows.select_related("maison").order_by("starts_on", "starts_at", "pk"))
    context: dict[str, Any] = {"planner": planner, "form": form, "more": max(0, len(found) - MAX_LISTED)}
    context["lines"] = [_line(row, "agenda:closure", row.maison.label) for row in found[:MAX_LISTED]]
    context["back_url"] = week_url(planner, planner.today)
    return render(request, "agenda/hours/away.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def absence(request: AgentRequest, pk: int) -> HttpResponse:
    """Show an absence with the appointments it meets; nobody has moved them yet."""
    planner, row = _absence_of(request, pk)
    return _show(request, planner, row, "absence")


@login_required
@require_GET
def closure(request: AgentRequest, pk: int) -> HttpResponse:
    """Show a closure with the appointments it meets."""
    planner, row = _closure_of(request, pk)
    return _show(request, planner, row, "closure")


@login_required
@require_POST
def change_absence(request: AgentRequest, pk: int, name: str) -> HttpResponse:
    """Take an absence out, or put it back."""
    planner, row = _absence_of(request, pk)
    return _change(planner, row, name, "agenda:absence")


@login_required
@require_POST
def change_closure(request: AgentRequest, pk: int, name: str) -> HttpResponse:
    """Take a closure out, or put it back."""
    planner, row = _closure_of(request, pk)
    return _change(planner, row, name, "agenda:closure")


@login_required
@require_POST
def skip(request: AgentRequest, pk: int) -> HttpResponse:
    """Leave one day of an opening out: an absence at its hours."""
    planner, opening = opening_of(request, pk)
    day = read_day(request, planner.now)
    try:
        found = services.skip_day(opening=opening, day=day, by=planner.user, at=planner.now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(week_url(planner, day))
    if found is None:
        messages.error(request, _("Cette plage n’a pas lieu ce jour-là."))
        return redirect(week_url(planner, day))
    return redirect(f"{reverse('agenda:absence', args=[found[0].pk])}?fait=1")


def _save(form: AbsenceForm | ClosureForm, row: Away, planner: Planner) -> HttpResponse | None:
    """Save first, then show what it meets; a refusal stays on the form."""
    try:
        if isinstance(row, Absence):
            services.note_absence(absence=row, by=planner.user, at=planner.now)
            return redirect(f"{reverse('agenda:absence', args=[row.pk])}?fait=1")
        services.close_maison(closure=row, by=planner.user, at=planner.now)
        return redirect(f"{reverse('agenda:closure', args=[row.pk])}?fait=1")
    except Refused as refusal:
        form.add_error("du", str(refusal))
        return None


def _line(row: Away, view: str, place: str = "") -> dict[str, Any]:
    return {
        "url": reverse(view, args=[row.pk]),
        "when": describe_span(row),
        "place": place,
        "reason": row.reason,
    }


def _absence_of(request: AgentRequest, pk: int) -> tuple[Planner, Absence]:
    row = Absence.objects.select_related("agent").filter(pk=pk).first()
    if row is None:
        raise Http404
    return read_planner(request, row.agent_id), row


def _closure_of(request: AgentRequest, pk: int) -> tuple[Planner, Closure]:
    row = Closure.objects.select_related("maison").filter(pk=pk).first()
    if row is None:
        raise Http404
    planner = read_planner(request)
    require(planner.manages(row.maison_id))
    return planner, row


def _show(request: AgentRequest, planner: Planner, row: Away, name: str) -> HttpResponse:
    is_out = row.removed_at is not None
    met = [] if is_out else [each.pk for each in appointments_met(row, at=planner.now)]
    context = {
        "planner": planner,
        "row": row,
        "when": describe_span(row),
        "is_absence": isinstance(row, Absence),
        "is_out": is_out,
        "is_new": "fait" in request.GET and not is_out,
        "lines": appointments_among(met, scope=planner.scope),
        "total": len(met),
        "moved": _find_moved(request, planner, row),
        "mark": mark_of(row),
        "list_url": _list_url(row),
        "remove_url": reverse(f"agenda:{name}_change", args=[row.pk, "retirer"]),
        "restore_url": reverse(f"agenda:{name}_change", args=[row.pk, "remettre"]),
    }
    return render(request, "agenda/hours/away_one.html", context)


def _find_moved(request: AgentRequest, planner: Planner, row: Away) -> dict[str, Any] | None:
    """Return the appointment that was just moved from this page, with the way back."""
    pk = read_number(request.GET, "deplace") if request.GET.get("deplace") else None
    found = appointments_among([pk], scope=planner.scope) if pk else []
    line = next((line for line in found if line.is_readable and line.is_moved), None)
    if line is None or planner.now - line.changed_at > SHOWN_FOR:
        return None
    action = reverse("agenda:step", args=[line.reference, line.id, "remettre"])
    return {"line": line, "action": f"{action}?retour={mark_of(row)}"}


def _list_url(row: Away) -> str:
    if isinstance(row, Closure):
        return reverse("agenda:closures")
    return f"{reverse('agenda:absences')}?agent={row.agent_id}"


def _change(planner: Planner, row: Away, name: str, view: str) -> HttpResponse:
    if name == "retirer":
        services.remove(row=row, by=planner.user, at=planner.now)
    elif name == "remettre":
        services.restore(row=row, by=planner.user, at=planner.now)
    else:
        raise Http404
    return redirect(view, pk=row.pk)
