"""The appointments of who stands at the desk today."""

from datetime import datetime, time, timedelta

from channels_app.frontdesk.desk import Desk
from requests_app.appointments import services
from requests_app.appointments.models import Appointment
from requests_app.appointments.selectors import Line, of_person
from requests_app.maisons.opening import PARIS

CAME, UNDO = "venue", "remettre"


def appointments_today(desk: Desk, person_id: int) -> list[Line]:
    """Her appointments of the day at this Maison; none when the agent stands at no desk."""
    if desk.maison_id is None:
        return []
    start = datetime.combine(desk.today, time(), PARIS)
    end = datetime.combine(desk.today + timedelta(days=1), time(), PARIS)
    return of_person(person_id=person_id, maison_id=desk.maison_id, start=start, end=end, scope=desk.scope)


def turn(appointment: Appointment, name: str, desk: Desk) -> None:
    """Note that she is there, or take that back; raises Refused."""
    if name == CAME:
        services.note_came(appointment=appointment, by=desk.user, at=desk.at)
    else:
        services.undo(appointment=appointment, by=desk.user, at=desk.at)
