"""Whether the person is already expected somewhere at that hour; a warning, which a reason overrides."""

from django.utils.translation import gettext as _

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.appointments.models import Appointment
from requests_app.lib import french
from requests_app.people.models import Person
from requests_app.tickets.models import Ticket


def why_taken(ticket: Ticket, given: Appointment, *, by: User | None) -> str:
    """Say when the person is expected elsewhere then; "" when they are free, or nobody is known.

    Two who book one person at the same moment are serialised.
    """
    if ticket.person_id is None:
        return ""
    Person.objects.select_for_update(no_key=True).filter(pk=ticket.person_id).first()
    theirs = Appointment.objects.expected().filter(ticket__person=ticket.person_id)
    others = theirs.filter(starts_at__lt=given.ends_at, ends_at__gt=given.starts_at).exclude(pk=given.pk)
    other = others.select_related("ticket", "maison").order_by("starts_at", "pk").first()
    return _sentence(other, by) if other else ""


def _sentence(other: Appointment, by: User | None) -> str:
    """Name only the hours for a ticket that this agent may not read, or to the person (threats: A03)."""
    words = {"from": french.clock(other.starts_at), "to": french.clock(other.ends_at)}
    ticket = other.ticket
    if by is None:
        return _("Vous avez déjà un rendez-vous de %(from)s à %(to)s. Choisissez une autre heure.") % words
    if not scope_of(by).can_read(ticket.maison_id, ticket.is_sensitive, ticket.shared_with):
        return _("La personne a déjà un rendez-vous de %(from)s à %(to)s.") % words
    words |= {"place": other.maison.label, "reference": other.ticket.reference}
    text = _("La personne a déjà un rendez-vous de %(from)s à %(to)s : %(place)s, demande %(reference)s.")
    return text % words
