"""Which tickets are measured together: a window, and perhaps a Maison, a type, first-time or regular."""

from dataclasses import dataclass
from datetime import date

from requests_app.first_delay.delays import TicketDates


@dataclass(frozen=True, slots=True)
class Segment:
    """``first`` and ``last`` are days of reception, both included; None: whatever it is."""

    first: date
    last: date
    maison: str | None = None
    type: str | None = None
    is_first_time: bool | None = None

    def holds(self, row: TicketDates) -> bool:
        if not self.first <= row.asked_on <= self.last:
            return False
        asked = (self.maison, self.type, self.is_first_time)
        found = (row.maison, row.type, row.is_first_time)
        return all(one is None or one == other for one, other in zip(asked, found, strict=True))
