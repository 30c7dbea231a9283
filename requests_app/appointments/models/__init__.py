from requests_app.appointments.models.appointments import ACTIVE, Appointment
from requests_app.appointments.models.types import AppointmentType

__all__ = ["ACTIVE", "Appointment", "AppointmentType"]
