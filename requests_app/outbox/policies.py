"""What each kind of message that leaves by itself may do; an agent's own words have no line here."""

from dataclasses import dataclass
from datetime import timedelta

from requests_app.outbox.models import Outgoing

Kind = Outgoing.Kind


@dataclass(frozen=True, slots=True)
class Policy:
    """``per_day`` bounds one recipient. ``spacing``: the next one to them waits so long after the last.

    ``per_domain_hour`` and ``per_hour`` bound what strangers can make us send to others (threats: M12);
    None where only an agent or an appointment can be the cause. ``has_window``: threats O04, see windows.py.
    Without any bound it is owed to the person: it leaves at once, whatever left before (threats: N09).
    """

    per_day: int | None = None
    spacing: timedelta = timedelta()
    per_domain_hour: int | None = None
    per_hour: int | None = None
    has_window: bool = False

    @property
    def is_owed(self) -> bool:
        """An agent is its cause and the person must know it: a courtesy cap never holds it back."""
        return self.per_day is None

    @property
    def is_by_strangers(self) -> bool:
        """Somebody else than an agent can make it leave, to whatever address they type."""
        return self.per_hour is not None


POLICIES: dict[str, Policy] = {
    # The large providers hold most of the inhabitants' mailboxes: hence 300 for a domain.
    Kind.ACKNOWLEDGMENT: Policy(5, spacing=timedelta(hours=1), per_domain_hour=300, per_hour=2_000),
    # The clock of our silence, requested papers, the body that answers.
    Kind.RECEIPT: Policy(),
    Kind.TRANSFER: Policy(),
    Kind.REMINDER: Policy(3, has_window=True),
    Kind.SURVEY: Policy(1, has_window=True),
    Kind.CODE: Policy(10, per_domain_hour=300, per_hour=2_000),  # whoever knows a number may ask for one
    Kind.NOTICE: Policy(3, per_hour=2_000),  # « STOP est noté »: to who has just written
    Kind.APPOINTMENT: Policy(),  # given, moved or cancelled: said at once
}
