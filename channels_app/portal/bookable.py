"""The types of appointment that people may book: given to them, and that an agenda opens."""

from django.db.models import Exists, OuterRef, Q

from requests_app.appointments.models import AppointmentType
from requests_app.appointments.models.types import AppointmentTypeQuerySet
from requests_app.slots.models import Opening


def bookable_types() -> AppointmentTypeQuerySet:
    """Narrow to them, in one statement; an opening without types serves them all."""
    opened = Opening.objects.standing().filter(agent__is_active=True)
    here = opened.filter(Q(types=OuterRef("pk")) | Q(types=None))
    theirs = AppointmentType.objects.active().exclude(booked_by=AppointmentType.BookedBy.AGENT)
    return theirs.filter(Exists(here))
