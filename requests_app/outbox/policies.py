"""What each kind of message that leaves by itself may do; an agent's own words have no line here."""

from dataclasses import dataclass
from datetime import timedelta

from requests_app.outbox.models import Outgoing

Kind = Outgoing.Kind


@dataclass(frozen=True, slots=True)
class Policy:
    """``per_day`` bounds one recipient. ``spacing``: the next one to her waits so long after the last.

    ``per_domain_hour`` and ``per_hour`` bound what strangers can make us send to others (threats: M12);
    None where only an agent or an appointment can be the cause. ``has_window``: threats O04, see windows.py.
    """

    per_day: int
    spacing: timedelta = timedelta()
    per_domain_hour: int | None = None
    per_hour: int | None = None
    has_window: bool = False


POLICIES: dict[str, Policy] = {
    # The large providers hold most of the inhabitants' mailboxes: hence 300 for a domain.
    Kind.ACKNOWLEDGMENT: Policy(5, spacing=timedelta(hours=1), per_domain_hour=300, per_hour=2_000),
    # An agent is their cause, not a stranger.
    Kind.RECEIPT: Policy(5),
    Kind.TRANSFER: Policy(5),
    Kind.REMINDER: Policy(3, has_window=True),
    Kind.SURVEY: Policy(1, has_window=True),
    Kind.CODE: Policy(10, per_domain_hour=300, per_hour=2_000),  # whoever knows a number may ask for one
    Kind.NOTICE: Policy(3, per_hour=2_000),  # « STOP est noté »: to who has just written
    Kind.APPOINTMENT: Policy(6),  # given, moved or cancelled: an agent's act, said at once
}
