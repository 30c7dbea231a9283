"""What each kind of automatic message may do; an agent's own replies have no policy here."""

from dataclasses import dataclass
from datetime import timedelta

from requests_app.outbox.models import Outgoing

Kind = Outgoing.Kind


@dataclass(frozen=True, slots=True)
class Policy:
    """``per_day`` caps one recipient. ``spacing``: the minimum wait before the next message to them.

    ``per_domain_hour`` and ``per_hour`` cap what strangers can make us send to others (threats: M12); None
    where only an agent or an appointment can be the cause. ``has_window``: threats O04, see windows.py.
    Without any cap it is owed to the person: it leaves at once, whatever left before (threats: N09).
    """

    per_day: int | None = None
    spacing: timedelta = timedelta()
    per_domain_hour: int | None = None
    per_hour: int | None = None
    has_window: bool = False

    @property
    def is_owed(self) -> bool:
        """Tell whether an agent caused it and the person must know: no courtesy cap holds it back."""
        return self.per_day is None

    @property
    def is_by_strangers(self) -> bool:
        """Tell whether someone who is no agent can trigger it, to whatever address they type."""
        return self.per_hour is not None


POLICIES: dict[str, Policy] = {
    # The large providers hold most of the inhabitants' mailboxes: hence 300 for a domain.
    Kind.ACKNOWLEDGMENT: Policy(5, spacing=timedelta(hours=1), per_domain_hour=300, per_hour=2_000),
    # The clock of our silence, requested documents, the competent body.
    Kind.RECEIPT: Policy(),
    Kind.TRANSFER: Policy(),
    Kind.REMINDER: Policy(3, has_window=True),
    Kind.SURVEY: Policy(1, has_window=True),
    Kind.OFFER: Policy(3, has_window=True),  # never a fourth in a week: waiting_list/services/caps.py
    Kind.CODE: Policy(10, per_domain_hour=300, per_hour=2_000),  # anyone who knows a number may ask for one
    Kind.NOTICE: Policy(3, per_hour=2_000),  # « STOP est noté »: to someone who has just written
    Kind.APPOINTMENT: Policy(),  # booked, moved or cancelled: said at once
}
