"""The help that an agent sees beside an appointment, with why."""

from collections.abc import Collection
from dataclasses import dataclass

from requests_app.attendance.features import word_reasons
from requests_app.attendance.models import Estimate


@dataclass(frozen=True, slots=True)
class HelpRow:
    """``id`` is that of the appointment.

    ``why`` is « délai long, 2 absences »; "" when nothing of the appointment stands out.
    """

    id: int
    label: str
    why: str
    is_refused: bool


def helps_of(appointment_ids: Collection[int]) -> list[HelpRow]:
    """Return the help of these appointments; one statement, or none."""
    rows = Estimate.objects.helped().filter(pk__in=appointment_ids) if appointment_ids else []
    return [_row(each) for each in rows]


def _row(found: Estimate) -> HelpRow:
    label = str(Estimate.Help(found.help).label)
    return HelpRow(found.pk, label, word_reasons(found.reasons), found.refused_at is not None)
