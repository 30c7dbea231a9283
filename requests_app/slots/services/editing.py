"""Say when an agent receives people, is away, when a Maison is closed; all of it can be undone."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from requests_app.access.scope import scope_of
from requests_app.accounts.models import Membership, Role, User
from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.slots import closed_doors
from requests_app.slots.errors import NotTheirAgenda
from requests_app.slots.meetings import appointments_met
from requests_app.slots.models import Absence, Closure, Opening

AgendaRow = Opening | Absence | Closure


@transaction.atomic
def open_times(*, opening: Opening, types: Iterable[AppointmentType] = (), by: User) -> None:
    """Save an opening, new or changed; raises ValidationError, NotTheirAgenda. No type is every type."""
    _require_right(opening, by)
    opening.full_clean()
    opening.save()
    opening.types.set(types)


@transaction.atomic
def note_absence(*, absence: Absence, by: User, at: datetime) -> list[Appointment]:
    """Save an absence and return the appointments it meets, to be moved one by one; the same refusals."""
    _require_right(absence, by)
    absence.full_clean()
    absence.save()
    return _ask_about_met(absence, at)


@transaction.atomic
def close_maison(*, closure: Closure, by: User, at: datetime) -> list[Appointment]:
    """Save a closure and return the appointments it meets; the same refusals."""
    _require_right(closure, by)
    closure.full_clean()
    closure.save()
    return _ask_about_met(closure, at)


@transaction.atomic
def remove(*, row: AgendaRow, by: User, at: datetime) -> bool:
    """Take a row out of the agenda; False when a colleague already had."""
    _require_right(row, by)
    rows = type(row)._base_manager.filter(pk=row.pk, removed_at=None)
    is_removed = bool(rows.update(removed_at=at))
    if is_removed and not isinstance(row, Opening):
        closed_doors.drop_when_open(appointments_met(row, at=at), at=at)
    return is_removed


@transaction.atomic
def restore(*, row: AgendaRow, by: User, at: datetime) -> bool:
    """Undo ``remove``."""
    _require_right(row, by)
    rows = type(row)._base_manager.filter(pk=row.pk, removed_at__isnull=False)
    is_restored = bool(rows.update(removed_at=None))
    if is_restored and not isinstance(row, Opening):
        _ask_about_met(row, at)
    return is_restored


def _ask_about_met(row: Absence | Closure, at: datetime) -> list[Appointment]:
    """List the appointments that can no longer take place, each with a task on its ticket."""
    met = appointments_met(row, at=at)
    closed_doors.ask_to_move(met, at=at)
    return met


def _require_right(row: AgendaRow, by: User) -> None:
    """Let agents keep their own agenda where they work, managers their Maisons’, administrators all."""
    scope = scope_of(by)
    managed = scope.reach(Role.MANAGER)
    if scope.can_manage_agents or any(managed.covers(place) for place in _places(row)):
        return
    is_own = not isinstance(row, Closure) and row.agent_id == by.pk
    if not is_own or (isinstance(row, Opening) and not scope_of(by).can_see(row.maison_id)):
        raise NotTheirAgenda


def _places(row: AgendaRow) -> list[int | None]:
    """Return the Maisons whose managers may change a row: an absence counts wherever the agent works."""
    if not isinstance(row, Absence):
        return [row.maison_id]
    return list(Membership.objects.filter(user=row.agent_id).values_list("maison_id", flat=True))
