from requests_app.appointments.models.appointments import ACTIVE, Appointment
from requests_app.appointments.models.busy_times import BusyTime, resources
from requests_app.appointments.models.holds import HELD_FOR, Hold
from requests_app.appointments.models.interpreters import Interpreter
from requests_app.appointments.models.types import AppointmentType

__all__ = [
    "ACTIVE",
    "HELD_FOR",
    "Appointment",
    "AppointmentType",
    "BusyTime",
    "Hold",
    "Interpreter",
    "resources",
]
