"""A message is claimed by one worker at a time, as long as its lease lasts (threats: I4, F02)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from requests_app.lib.failpoints import failpoint
from requests_app.outbox.models import Outgoing
from requests_app.outbox.models import OutgoingQuerySet as Rows

State = Outgoing.State
LEASE = timedelta(seconds=90)  # above the hard limit of delivery.send; with a sweep, under two minutes


def claim(rows: Rows, at: datetime) -> Outgoing | None:
    """Claim the first of these rows that nobody holds; committed when it returns.

    The row is read under its lock, so that an acknowledgment grouped with another one meanwhile is current.
    """
    failpoint("delivery.before_claim")
    with transaction.atomic():
        outgoing = (
            rows.select_related("contact_point").select_for_update(skip_locked=True, of=("self",)).first()
        )
        if outgoing is None:
            return None
        outgoing.state, outgoing.attempts = State.SENDING, outgoing.attempts + 1
        Outgoing.objects.filter(pk=outgoing.pk).update(
            state=State.SENDING, claimed_until=at + LEASE, attempts=outgoing.attempts
        )
    failpoint("delivery.after_claim")
    return outgoing


def doubt_the_stranded(at: datetime) -> int:
    """Mark as in doubt the messages of a worker that died while sending them; returns how many."""
    return Outgoing.objects.stranded(at).update(
        state=State.UNCERTAIN, claimed_until=None, try_after=at, doubts=F("doubts") + 1
    )
