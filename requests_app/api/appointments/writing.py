"""Appointments given, moved and cancelled, by the services that agents use."""

from typing import Any, TypeVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.api.appointments.reading import AppointmentList, AppointmentView
from requests_app.api.appointments.shapes import AppointmentIn, CancelIn, MoveIn
from requests_app.api.idempotency import Reply
from requests_app.api.problems import invalid
from requests_app.api.views import ActionView
from requests_app.appointments import services
from requests_app.appointments.errors import InThePast, NotHere, ReasonRequired
from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.maisons.models import Maison
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket
from requests_app.tickets.references import normalise

Row = TypeVar("Row", Maison, User, AppointmentType, Ticket)
POINTERS: tuple[tuple[type[Refused], str], ...] = (
    (InThePast, "#/starts_at"),
    (NotHere, "#/agent"),
    (ReasonRequired, "#/outside_reason"),
)


class AppointmentsView(AppointmentList, ActionView):
    """Appointments of the tickets of the key."""

    In, created = AppointmentIn, 201

    def act(self, data: dict[str, Any], **kwargs: Any) -> Reply:
        """Give an appointment about a ticket, at one of the key's Maisons and an hour that is free."""
        readable = Ticket.objects.readable(self.scope).select_related("maison", "person", "topic")
        ticket = _one(readable.filter(reference=normalise(data["ticket"])), "ticket")
        wish = _wish(self, data, None)
        try:
            given = services.book(ticket=ticket, wish=wish, by=self.agent, at=self.now)
        except Refused as error:
            raise _point_out(error) from error
        return Reply(201, _show(self, given), location=reverse("api:appointment", args=[given.pk]))


class MoveView(AppointmentView, ActionView):
    """Another date for one appointment."""

    In = MoveIn

    def act(self, data: dict[str, Any], **kwargs: Any) -> Reply:
        """Move an appointment: the person is told, and may have it undone by an agent."""
        appointment = self.open_appointment(kwargs["appointment"])
        wish = _wish(self, data, appointment)
        try:
            services.move(appointment=appointment, wish=wish, by=self.agent, at=self.now)
        except Refused as error:
            raise _point_out(error) from error
        return Reply(200, self.show_again(appointment.pk))


class CancelView(AppointmentView, ActionView):
    """The end of one appointment."""

    In = CancelIn

    def act(self, data: dict[str, Any], **kwargs: Any) -> Reply:
        """Cancel an appointment, for the person or for the service, which says why."""
        appointment = self.open_appointment(kwargs["appointment"])
        if data["by"] == "service":
            if not data["reason"].strip():
                raise invalid("#/reason", _("Dites pourquoi le service annule."))
            services.call_off(appointment=appointment, reason=data["reason"], by=self.agent, at=self.now)
        else:
            services.cancel_by_person(
                appointment=appointment, reason=data["reason"], by=self.agent, at=self.now
            )
        return Reply(200, self.show_again(appointment.pk))


def _wish(view: Any, data: dict[str, Any], known: Appointment | None) -> services.Wish:
    """Read where, when and with whom; what is not given is that of the appointment that stands."""
    places = view.scope.listed_places
    maisons = Maison.objects.current().select_related("commune")
    allowed = maisons if places.everywhere else maisons.filter(pk__in=places.maisons)
    types, agents = AppointmentType.objects.active(), User.objects.present()
    names = ("type", "maison", "agent", "room") if known else ()
    kept: dict[str, Any] = {"room": "", **{name: getattr(known, name) for name in names}}
    return services.Wish(
        type=_one(types.filter(code=data["type"]), "type") if "type" in data else kept["type"],
        maison=_one(allowed.filter(code=data["maison"]), "maison") if "maison" in data else kept["maison"],
        agent=_one(agents.filter(username=data["agent"]), "agent") if "agent" in data else kept["agent"],
        starts_at=data["starts_at"],
        room=data.get("room", kept["room"]),
        outside_reason=data["outside_reason"],
    )


def _one(rows: "QuerySet[Row]", name: str) -> Row:
    """Return what a code names; raises the 400 that points at it."""
    if (row := rows.first()) is None:
        raise invalid(f"#/{name}", _("Rien ne porte ce code, ou la clé ne le voit pas."))
    return row


def _point_out(error: Refused) -> Exception:
    """Return the 400 of what the program should write otherwise; anything else is a conflict."""
    pointer = next((pointer for kind, pointer in POINTERS if isinstance(error, kind)), "")
    return invalid(pointer, str(error)) if pointer else error


def _show(view: Any, appointment: Appointment) -> dict[str, Any]:
    from requests_app.api.appointments.rows import show_appointments

    [shown] = show_appointments(Appointment.objects.all(), [appointment.pk], view.scope)
    return shown
