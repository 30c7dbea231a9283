"""Places where a process may be told to die, so that tests can see what is left.

`FAILPOINT=door.after_store:kill` kills the process when it gets there; several are separated by commas.
Only on embedded servers: production never reads the variable.
"""

import os
import signal
from functools import cache

from django.conf import settings

KILL = "kill"

POINTS = {
    "door.before_store": "a mail is whole in memory, nothing is written",
    "door.after_store": "it is committed, the sender has no answer yet",
    "door.after_answer": "the sender has the answer, no task is enqueued",
    "form.before_store": "a form of the counter or of the citizen's pages is read, nothing is written",
    "form.after_store": "it is committed, not understood, and its author has no answer yet",
    "form.before_answer": "it is understood, its author has no answer yet",
    "partner.before_store": "a call of a partner is understood, nothing is written",
    "partner.after_store": "it is committed, not processed, and the partner has no answer yet",
    "api.before_commit": "a call of a program is done and its answer written, nothing is committed",
    "imap.after_store": "a mail of a box is committed, nothing says so on either side",
    "webhook.before_store": "a provider's call is whole and authentic, nothing is written",
    "webhook.after_store": "it is committed, the provider has no answer yet",
    "sms.before_store": "a call of the SMS provider is whole and signed, nothing is written",
    "sms.after_store": "it is committed, the provider has no answer yet",
    "sms.picture_fetched": "a picture of an SMS is fetched, nothing is written",
    "intake.before_parse": "a worker has taken up an arrival",
    "intake.in_parse": "it is understood, nothing is written",
    "intake.before_commit": "the ticket is written and not committed",
    "intake.after_commit": "the arrival has ended, its task is not acknowledged",
    "webhooks.after_send": "the receiver has the event, nothing is noted",
    "reminders.before_claim": "a scheduler looks for appointments without a plan",
    "reminders.before_commit": "their messages are written and not committed",
    "waiting_list.before_commit": "offers of a freed hour are written and not committed",
    "reminders.after_commit": "they are planned, the scheduler goes on",
    "privacy.purged": "a dossier is deleted and its certificate written, nothing is committed",
    "privacy.committed": "it is committed, its files are still there",
    "privacy.file_erased": "a file is erased, its name is not forgotten",
    "delivery.before_claim": "a worker has looked at a message to send",
    "delivery.after_claim": "the message is claimed, nothing has left",
    "delivery.after_speak": "the provider has accepted it, nothing is noted",
    "delivery.after_note": "it is noted as sent, its task is not acknowledged",
}


class NoSuchPoint(ValueError):
    """FAILPOINT names an unknown place, or an unknown act."""


@cache
def armed_points() -> frozenset[str]:
    """Return the points of FAILPOINT; raise NoSuchPoint."""
    wanted = os.environ.get("FAILPOINT", "")
    if not wanted or not settings.EMBEDDED:
        return frozenset()
    pairs = [item.strip().partition(":") for item in wanted.split(",")]
    for name, _colon, act in pairs:
        if name not in POINTS or act != KILL:
            raise NoSuchPoint(f"{name}:{act}")
    return frozenset(name for name, _colon, _act in pairs)


def failpoint(name: str) -> None:
    """Die here, as by `kill -9`, if FAILPOINT says so."""
    if name in armed_points():
        os.kill(os.getpid(), signal.SIGKILL)
