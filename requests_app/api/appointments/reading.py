"""Appointments listed and read."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.api.appointments.rows import appointments_within, show_appointments
from requests_app.api.appointments.shapes import AppointmentOut
from requests_app.api.fields import ChoiceField, InstantField, TextField
from requests_app.api.known_codes import require_known
from requests_app.api.pages import ListView, PageQuery
from requests_app.api.views import ApiView
from requests_app.appointments.models import Appointment
from requests_app.tickets.models import Ticket
from requests_app.tickets.references import normalise

COLUMNS = {
    "maison": "maison__code",
    "state": "state",
    "starts_after": "starts_at__gte",
    "starts_before": "starts_at__lt",
}


class AppointmentQuery(PageQuery):
    """Which appointments."""

    ticket = TextField(required=False, max_length=20)
    maison = TextField(required=False, max_length=20)
    state = ChoiceField(Appointment.State.choices, required=False)
    starts_after = InstantField(required=False, help_text=_("À cet instant ou après."))
    starts_before = InstantField(required=False, help_text=_("Avant cet instant."))


class AppointmentList(ListView):
    """List the appointments of the tickets of the key, last given first."""

    resource, Query, Out = "appointments", AppointmentQuery, AppointmentOut

    def rows(self, **kwargs: Any) -> "QuerySet[Any]":
        require_known(self.asked, self.scope)
        asked = {COLUMNS[name]: self.asked[name] for name in COLUMNS if name in self.asked}
        rows = appointments_within(self.scope).filter(**asked)
        if "ticket" in self.asked:  # only of those it reads: another number tells nothing (A02, A03)
            reference = normalise(self.asked["ticket"])
            rows = rows.filter(ticket__in=Ticket.objects.readable(self.scope).filter(reference=reference))
        return rows.only("pk")

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        return show_appointments(Appointment.objects.all(), [row.pk for row in rows], self.scope)


class AppointmentView(ApiView):
    """An address under one appointment."""

    resource, Out = "appointments", AppointmentOut

    def open_appointment(self, pk: int) -> Appointment:
        """Return an appointment of the key; any other does not exist."""
        found = (
            appointments_within(self.scope)
            .select_related("type", "maison__commune", "agent", "ticket")
            .filter(pk=pk)
        )
        if (appointment := found.first()) is None:
            raise Http404
        return appointment

    def show_again(self, pk: int) -> dict[str, Any]:
        [shown] = show_appointments(Appointment.objects.all(), [pk], self.scope)
        return shown


class AppointmentDetail(AppointmentView):
    """Read one appointment."""

    def get(self, request: Request, appointment: int) -> Response:
        return self.answer(self.pick(self.show_again(self.open_appointment(appointment).pk)))
