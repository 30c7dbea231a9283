"""The waiting list: people ask for an earlier date by SMS from their link, and leave it as simply."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from channels_app.portal.booking import Booking
from channels_app.portal.changing import count_join
from channels_app.portal.views.booking import address_of, opens, read_asked
from requests_app.appointments.models import AppointmentType
from requests_app.maisons.models import Maison
from requests_app.tickets.errors import AlreadyClosed, Refused
from requests_app.waiting_list.errors import AlreadyWaiting, CannotBeTold
from requests_app.waiting_list.selectors import place_of
from requests_app.waiting_list.services import join, leave

JOIN, LEAVE = "rejoindre", "quitter"


@require_POST
@opens
def wait(request: HttpRequest, shown: Booking) -> HttpResponse:
    """Join the list of a type at a place, or leave it; twice is once."""
    name = request.POST.get("quoi", "")
    kind, maison = _read_list(request, shown)
    if name not in (JOIN, LEAVE) or kind is None or maison is None:
        raise BadRequest("list")
    done = "quitte"
    if name == JOIN:
        done = _join(shown, kind, maison)
    elif place := place_of(shown.ticket, kind, maison):
        leave(place=place, at=shown.now)
    return redirect(_back_to(shown, kind, maison, done))


def _read_list(request: HttpRequest, shown: Booking) -> tuple[AppointmentType | None, Maison | None]:
    """Return the type and the place asked for, those of the appointment when none is."""
    if shown.appointment and not request.POST.get("lieu"):
        return shown.appointment.type, shown.appointment.maison
    return read_asked(request.POST, shown)


def _join(shown: Booking, kind: AppointmentType, maison: Maison) -> str:
    """Join, and return what the page says then."""
    try:
        with count_join(shown.ticket, address=shown.address, at=shown.now):
            join(ticket=shown.ticket, type=kind, maison=maison, by=None, at=shown.now)
    except AlreadyWaiting:
        return "attente" if place_of(shown.ticket, kind, maison) else "deja"
    except (CannotBeTold, AlreadyClosed):
        return "sans-sms"
    except Refused:
        return "trop"
    return "attente"


def _back_to(shown: Booking, kind: AppointmentType, maison: Maison, done: str) -> str:
    if shown.appointment:
        return reverse("appointment:page", args=[shown.secret]) + f"?fait={done}#attente"
    return address_of(shown, shown.choice(kind, maison, shown.now)) + f"&fait={done}#attente"
