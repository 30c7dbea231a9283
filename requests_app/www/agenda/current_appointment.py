"""The appointment that a ticket already has: a page left open gives no second one unseen."""

from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.appointments.models import Appointment
from requests_app.lib import french
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.family import family_of


class AlreadyPlanned(Refused):
    """The page did not show the appointment that the ticket has since."""


def planned_appointment(ticket: Ticket, at: datetime) -> Appointment | None:
    """Return the last given of those still to come."""
    coming = Appointment.objects.expected().filter(ticket__in=family_of(ticket), ends_at__gt=at)
    return coming.order_by("-pk").first()


def require_shown(ticket: Ticket, shown: int | None, at: datetime) -> None:
    """Refuse to give an appointment unless the page showed the one already planned; ``shown`` is its pk."""
    planned = planned_appointment(ticket, at)
    if planned is not None and planned.pk != shown:
        raise AlreadyPlanned(
            _("Déjà prévu le %(when)s. Changez ce rendez-vous, ou recommencez pour en donner un deuxième.")
            % {"when": french.moment(planned.starts_at)}
        )
