"""« Choisir un rendez-vous »: a type, a place, an hour held for ten minutes, then confirmed.

GET changes nothing (W06): a search is recorded when an hour is held, or when nothing was found.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from channels_app.portal import appointments, booking, opening
from channels_app.portal.booking import Booking, open_booking
from channels_app.portal.booking_needs import list_asked, say_needs
from channels_app.portal.preserve_input import preserve_input
from channels_app.portal.views.following import ask_code
from requests_app.appointments.calendar_file import SHIPPED, where_of
from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.models import AnnouncedDelay
from requests_app.lib import french
from requests_app.lib.instants import read_instant
from requests_app.lib.no_referrer import no_referrer
from requests_app.maisons.models import Maison
from requests_app.slots.interpreting import minutes_for
from requests_app.slots.offering import distance_between, other_places
from requests_app.slots.services import Choice
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.errors import Refused
from requests_app.waiting_list.selectors import place_of

PAGE = "portal/booking.html"
View = Callable[..., HttpResponse]


def opens(view: View) -> View:
    """Pass the booking of the secret to the view; a sensitive ticket first asks for a code (W09)."""

    @no_referrer
    @preserve_input
    @wraps(view)
    def answer(request: HttpRequest, secret: str) -> HttpResponse:
        try:
            shown = open_booking(request, secret, at=timezone.now())
        except opening.NeedsCode as needs:
            return _needs_code(request, reverse("portal:act", args=[secret, "code"]), needs.ticket.reference)
        except appointments.NeedsCode as needs:
            given = needs.appointment
            ask_url = reverse("appointment:step", args=[secret, "code"])
            return _needs_code(request, ask_url, given.ticket.reference, given.pk)
        return view(request, shown) if shown else render(request, "portal/link_ended.html", status=404)

    return answer


def _needs_code(
    request: HttpRequest, ask_url: str, reference: str, appointment_id: int | None = None
) -> HttpResponse:
    if request.method == "POST":
        return ask_code(request, reference, appointment_id)
    return render(request, "portal/ask_code.html", {"ask_url": ask_url})


@require_http_methods(["GET", "HEAD", "POST"])
@opens
def choose(request: HttpRequest, shown: Booking) -> HttpResponse:
    """Show the free hours, and the one that is held; a POST holds one."""
    if request.method != "POST":
        return _page(request, shown, request.GET)
    try:
        choice = _posted_choice(request.POST, shown)
        booking.hold(shown, choice)
    except Refused as refusal:
        return _page(request, shown, request.POST, error=str(refusal))
    return redirect(f"{address_of(shown, choice)}#garde")


@require_POST
@opens
def book(request: HttpRequest, shown: Booking) -> HttpResponse:
    """Book the hour, held or not; when it is gone, show the next ones."""
    posted = request.POST
    moved, read = read_number(posted.get("rdv")), read_number(posted.get("tour")) or 0
    try:
        choice = _posted_choice(posted, shown)
        booking.book(shown, choice, moved=moved, read=read)
    except Refused as refusal:
        return _page(request, shown, posted, error=str(refusal))
    done = "change" if posted.get("rdv") else "pris"
    return redirect(f"{reverse('appointment:page', args=[shown.secret])}?fait={done}")


@require_POST
@opens
def find_nothing(request: HttpRequest, shown: Booking) -> HttpResponse:
    """Leave an agent the task of finding an hour where there is none, unless some are free by now."""
    kind, maison = read_asked(request.POST, shown)
    if kind and maison and booking.record_offer(shown, kind, maison):
        return redirect(address_of(shown, shown.choice(kind, maison, shown.now)))
    return _page(request, shown, request.POST, is_searched=bool(kind and maison))


@require_POST
@opens
def needs(request: HttpRequest, shown: Booking) -> HttpResponse:
    """Store what would help them, and show the hours that suit it."""
    try:
        say_needs(shown.ticket.person, request.POST, at=shown.now)
    except Refused as refusal:
        return _page(request, shown, request.POST, error=str(refusal), needs_error=True)
    kind, maison = read_asked(request.POST, shown)
    if kind is None or maison is None:
        return redirect("appointment:choose", shown.secret)
    return redirect(f"{address_of(shown, shown.choice(kind, maison, shown.now))}&fait=besoins#besoins")


def address_of(shown: Booking, choice: Choice) -> str:
    asked = urlencode({"sorte": choice.type.code, "lieu": choice.maison.pk})
    return f"{reverse('appointment:choose', args=[shown.secret])}?{asked}"


def _page(
    request: HttpRequest,
    shown: Booking,
    asked: QueryDict,
    *,
    error: str = "",
    needs_error: bool = False,
    is_searched: bool = False,
) -> HttpResponse:
    """Render the hours of the type and the place asked for, as they are free now."""
    kind, maison = read_asked(asked, shown)
    context: dict[str, Any] = {
        "shown": shown,
        "secret": shown.secret,
        "types": shown.types,
        "other_types": [(each.code, _label(shown, each)) for each in shown.types if each != kind],
        "kind": kind,
        "maison": maison,
        "held": booking.held_by(shown),
        "is_waiting": bool(kind and maison and place_of(shown.ticket, kind, maison)),
        "said": asked.get("fait", ""),
        "needs": list_asked(shown.ticket.person, request.POST),
        "error": error,
        "needs_error": needs_error,
        "is_searched": is_searched,
    }
    if kind and maison:
        context |= _hours(shown, kind, maison)
    return render(request, PAGE, context, status=422 if error else 200)


def _hours(shown: Booking, kind: AppointmentType, maison: Maison) -> dict[str, Any]:
    days = shown.next_days(kind, maison)
    place = {"type": kind, "maison": maison}
    others = other_places(
        kind, maison, interpretation=shown.interpretation, is_nearest_first=not kind.is_by_phone, at=shown.now
    )
    return {
        "label": _label(shown, kind),
        "where": _("Par téléphone") if kind.is_by_phone else where_of(maison),
        "wait": _describe_wait(AnnouncedDelay.objects.shown(local_day(shown.now)).filter(**place).first()),
        "days": [(day.starts_at, [slot.start for slot in day.slots]) for day in days],
        "others": [
            (place.pk, _place_words(kind, place), slot.start, _describe_distance(kind, maison, place))
            for place, slot in others
        ],
    }


def _place_words(kind: AppointmentType, place: Maison) -> str:
    """Name another place: by its address, or by its name when its agents call."""
    return place.label if kind.is_by_phone else where_of(place)


def _describe_distance(kind: AppointmentType, here: Maison, place: Maison) -> str:
    """Say how far another place is from this one; "" when nobody travels, or nobody knows."""
    km = None if kind.is_by_phone else distance_between(here, place)
    if km is None:
        return ""
    return _("à %(km)s km du lieu ci-dessus") % {"km": french.number(max(km, 0.1), 0 if km >= 1 else 1)}


def _describe_wait(told: AnnouncedDelay | None) -> str:
    """Say how long people lately waited; "" when too few did."""
    if told is None or told.median_days is None:
        return ""
    if told.median_days == 0:
        return _("En ce moment, il faut attendre moins d’un jour.")
    said = ngettext(
        "En ce moment, il faut attendre environ %(days)d jour.",
        "En ce moment, il faut attendre environ %(days)d jours.",
        told.median_days,
    )
    return said % {"days": told.median_days}


def read_asked(asked: QueryDict, shown: Booking) -> tuple[AppointmentType | None, Maison | None]:
    """Return the type asked for, the first one when none is, and the place."""
    types, code = shown.types, asked.get("sorte", "")
    kind = next((each for each in types if each.code == code), None)
    if kind is None and types and not code:
        kind = types[0]
    return kind, booking.place_for(shown, read_number(asked.get("lieu"))) if kind else None


def _posted_choice(posted: QueryDict, shown: Booking) -> Choice:
    """Read an hour, a type that they may book and a place; raises BadRequest, Refused."""
    start = read_instant(posted.get("debut", ""))
    if start is None or not 2000 < start.year < 9000:
        raise BadRequest("instant")
    kind, maison = read_asked(posted, shown)
    if kind is None or maison is None:
        raise Refused(_("Ce rendez-vous n’est plus proposé. Choisissez-en un autre, ou appelez-nous."))
    return shown.choice(kind, maison, start)


def _label(shown: Booking, kind: AppointmentType) -> str:
    name = SHIPPED.get(kind.public_label, kind.public_label)
    minutes = minutes_for(kind, shown.interpretation)
    return _("%(name)s, %(minutes)s minutes") % {"name": name, "minutes": minutes}


def read_number(typed: str | None) -> int | None:
    is_number = typed and typed.isascii() and typed.isdecimal() and len(typed) < 10
    return int(typed) if typed and is_number else None
