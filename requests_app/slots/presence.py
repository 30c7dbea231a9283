"""An hour chosen by hand against what the agenda says of it: a closure of the Maison, an absence."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from requests_app.appointments.errors import MaisonClosed
from requests_app.appointments.services import Wish
from requests_app.slots.computing.wall_clock import to_wall
from requests_app.slots.models import Absence, Closure
from requests_app.slots.weeks import occurrences_of


def require_presence(wish: Wish) -> None:
    """Ask for a reason when nobody is there to receive at that hour; two statements."""
    if wish.outside_reason.strip():
        return
    if why := " ".join(_obstacles(wish, to_wall(wish.starts_at), to_wall(wish.ends_at))):
        raise MaisonClosed(_("%(why)s Pour le donner quand même, écrivez pourquoi.") % {"why": why})


def _obstacles(wish: Wish, start: datetime, end: datetime) -> Iterator[str]:
    """Yield a sentence for each; the reason of an absence stays with the agent."""
    if any(row.start < end and row.end > start for row in _closures(wish, start.date(), end.date())):
        yield _("Une fermeture du lieu est notée à cette heure.")
    rows = Absence.objects.filter(agent=wish.agent).around(start.date(), end.date())
    absences = occurrences_of(rows, first=start.date(), last=end.date())
    if any(each.start < end and each.end > start for each in absences):
        yield _("%(name)s a une absence à cette heure.") % {"name": wish.agent.full_name}


def _closures(wish: Wish, first: date, last: date) -> Iterator[Closure]:
    rows = Closure.objects.standing().filter(maison=wish.maison, starts_on__lte=last, ends_on__gte=first)
    return rows.iterator()
