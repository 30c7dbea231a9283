"""The next free slots beside the form of an appointment: one is held for ten minutes, then confirmed."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.appointments.models import Appointment, AppointmentType, Hold
from requests_app.first_delay.models import SlotSearch
from requests_app.first_delay.services import Search, record_search
from requests_app.lib.instants import read_instant
from requests_app.maisons.models import Maison
from requests_app.slots.computing.grid import Slot
from requests_app.slots.interpreting import Interpretation, interpretation_for, minutes_for
from requests_app.slots.offering import OfferedDay, next_days, other_places, slots_of
from requests_app.slots.services import Choice, book_choice, hold_choice, move_choice
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket
from requests_app.waiting_list.selectors import WaitRow, waits_of
from requests_app.www.agenda.current_appointment import require_shown
from requests_app.www.agenda.returns import list_url, read_mark
from requests_app.www.agenda.rights import AgendaContext, appointment_of, ticket_of
from requests_app.www.agenda.steps import back_to

HOLD, BOOK, NOTHING = "garder", "confirmer", "rien"
FIELDS = {"csrfmiddlewaretoken", "sorte", "lieu", "creneau", "rdv", "tour", "deja"}
SAME_SEARCH = timedelta(minutes=10)  # the page read again is the same search
KEYS = 9


def offer_context(
    request: HttpRequest,
    agent: AgendaContext,
    ticket: Ticket,
    appointment: Appointment | None,
    maison: Maison,
) -> dict[str, Any]:
    """Return what the page needs to offer slots; reading it changes nothing (threats: W06)."""
    types = list(AppointmentType.objects.active().exclude(booked_by="citizen").order_by("pk"))
    kind = _asked_type(request.GET, types, appointment)
    if kind is None:
        return {"offer_types": []}
    interpretation = interpretation_for(ticket.person)
    days = next_days(kind, maison, interpretation=interpretation, agent=agent.user.username, at=agent.now)
    return {
        "offer_types": types,
        "offer_type": kind,
        "offer_days": _number_slots(days),
        "offer_others": _others(agent, kind, maison, interpretation),
        "offer_minutes": minutes_for(kind, interpretation),
        "interpretation": interpretation,
        "held": _find_hold(agent, ticket),
        "waiting": _find_wait(agent, ticket, kind, maison),
    }


def _number_slots(days: list[OfferedDay]) -> list[tuple[datetime, list[tuple[Slot, str]]]]:
    """Return each day with its slots; the first nine have the key of their number."""
    numbers = count(1)
    return [(day.starts_at, [(slot, _key(next(numbers))) for slot in day.slots]) for day in days]


def _key(number: int) -> str:
    return str(number) if number <= KEYS else ""


def _asked_type(
    asked: QueryDict, types: list[AppointmentType], appointment: Appointment | None
) -> AppointmentType | None:
    code = asked.get("creneaux", "") or (appointment.type.code if appointment else "")
    return next((each for each in types if each.code == code), types[0] if types else None)


def _others(
    agent: AgendaContext, kind: AppointmentType, maison: Maison, interpretation: Interpretation | None
) -> list[tuple[Maison, datetime]]:
    places = other_places(kind, maison, interpretation=interpretation, at=agent.now)
    return [(place, slot.start) for place, slot in places if agent.scope.can_see(place.pk)]


def _find_hold(agent: AgendaContext, ticket: Ticket) -> Hold | None:
    live = Hold.objects.live(agent.now).filter(ticket=ticket, by=agent.user)
    return live.select_related("agent", "maison", "type", "interpreter").order_by("-pk").first()


def _find_wait(agent: AgendaContext, ticket: Ticket, kind: AppointmentType, maison: Maison) -> WaitRow | None:
    rows = waits_of(ticket, at=agent.now)
    return next((row for row in rows if (row.place.type, row.place.maison) == (kind, maison)), None)


def _record(agent: AgendaContext, ticket: Ticket, kind: AppointmentType, maison: Maison) -> None:
    """Record what was offered when one is chosen, once while the agent goes on looking."""
    interpretation = interpretation_for(ticket.person)
    days = next_days(kind, maison, interpretation=interpretation, agent=agent.user.username, at=agent.now)
    starts = [slot.start for slot in slots_of(days)]
    search = Search(type=kind, maison=maison, ticket=ticket, agent=agent.user)
    same = SlotSearch.objects.filter(ticket=ticket, type=kind, maison=maison, agent=agent.user)
    if starts and not same.filter(at__gt=agent.now - SAME_SEARCH).exists():
        record_search(search, starts=starts, at=agent.now)


@login_required
@require_POST
def choose(request: AgentRequest, reference: str, name: str) -> HttpResponse:
    """Hold a slot, book the one that is held, or say that nothing was found."""
    if name not in (HOLD, BOOK, NOTHING):
        raise Http404
    agent, ticket = ticket_of(request, reference)
    if not set(request.POST) <= FIELDS:
        raise BadRequest("unexpected fields")
    kind, maison = posted_type(request.POST), posted_place(request.POST, agent)
    mark = read_mark(request)
    page = _page_of(request.POST, ticket, kind, maison) + (f"&retour={mark}" if mark else "")
    if name == NOTHING:
        record_search(Search(kind, maison, ticket, agent.user), starts=[], at=agent.now)
        messages.success(request, _("C’est noté : un rendez-vous reste à trouver."))
        return redirect(page)
    try:
        given = _do(name, request.POST, agent, ticket, kind, maison)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(page)
    if given is None:
        return redirect(page)  # a fragment would keep the focus away
    return redirect(list_url(mark, given.pk) if mark else back_to(ticket, given))


def _do(
    name: str, posted: QueryDict, agent: AgendaContext, ticket: Ticket, kind: AppointmentType, maison: Maison
) -> Appointment | None:
    """Hold a slot and return None, or book it; raises Refused."""
    if not posted.get("rdv"):
        shown = read_posted_number(posted, "deja") if posted.get("deja") else None
        require_shown(ticket, shown, agent.now)
    choice = _posted_choice(posted, kind, maison, interpretation_for(ticket.person))
    if name == HOLD:
        _record(agent, ticket, kind, maison)
        hold_choice(choice=choice, ticket=ticket, by=agent.user, at=agent.now)
        return None
    if moved := _posted_appointment(posted, ticket):
        return move_choice(appointment=moved, choice=choice, by=agent.user, at=agent.now)
    return book_choice(choice=choice, ticket=ticket, by=agent.user, at=agent.now)


def _page_of(posted: QueryDict, ticket: Ticket, kind: AppointmentType, maison: Maison) -> str:
    pk = read_posted_number(posted, "rdv") if posted.get("rdv") else None
    args = [ticket.reference, pk] if pk else [ticket.reference]
    address = reverse("agenda:change" if pk else "agenda:give", args=args)
    return f"{address}?lieu={maison.pk}&creneaux={kind.code}"


def read_posted_number(posted: QueryDict, name: str) -> int:
    typed = posted.get(name, "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
        raise BadRequest(name)
    return int(typed)


def posted_type(posted: QueryDict) -> AppointmentType:
    kind = AppointmentType.objects.active().filter(pk=read_posted_number(posted, "sorte")).first()
    if kind is None:
        raise BadRequest("type")
    return kind


def posted_place(posted: QueryDict, agent: AgendaContext) -> Maison:
    pk = read_posted_number(posted, "lieu")
    maison = Maison.objects.current().filter(pk=pk).first() if agent.scope.can_see(pk) else None
    if maison is None:
        raise Http404
    return maison


def _posted_choice(
    posted: QueryDict, kind: AppointmentType, maison: Maison, interpretation: Interpretation | None
) -> Choice:
    """Read « instant/identifiant »."""
    start, _slash, username = posted.get("creneau", "").partition("/")
    return Choice(kind, maison, _require_instant(start), username[:60], interpretation)


def _require_instant(typed: str) -> datetime:
    """Read an instant with its offset; raises BadRequest."""
    found = read_instant(typed)
    if found is None or not 2000 < found.year < 9000:
        raise BadRequest("instant")
    return found


def _posted_appointment(posted: QueryDict, ticket: Ticket) -> Appointment | None:
    if not posted.get("rdv"):
        return None
    appointment = appointment_of(ticket, read_posted_number(posted, "rdv"))
    appointment.round = read_posted_number(posted, "tour")
    return appointment
