"""Every periodic task, on one page.

A periodic task calls one service whose only argument is the instant, `at`: the task reads the clock,
`manage sweep` gives its own. Both may ring twice.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Periodic:
    """A task's name, the service it calls, and the seconds between two rings."""

    task: str
    service: str
    every: float


SCHEDULE = (
    # reads the boxes of GRU_IMAP_URL
    Periodic("mail.poll_imap", "channels_app.mail.imap.poll", every=60),
    # takes in the SMS that were never brought to us (threats S02)
    Periodic("sms.poll", "channels_app.sms.polling.poll", every=300),
    # fetches the pictures of SMS that the bell missed, or that wait for the provider (threats W08)
    Periodic("sms.fetch_waiting", "channels_app.sms.pictures.fetch_waiting", every=60),
    # deletes at the operator the SMS that came to their end days ago (threats P03)
    Periodic("sms.erase_old", "channels_app.sms.erasing.erase_old", every=900),
    # hears what the doorbell missed (threats O05)
    Periodic("intake.sweep", "channels_app.intake.services.sweep", every=10),
    # sends what is due, settles what a dead worker left (threats O01, O05)
    Periodic("delivery.sweep", "channels_app.delivery.services.sweep", every=10),
    # has the antivirus read what waits; nothing without GRU_CLAMAV_URL (threats M17)
    Periodic("tickets.scan_waiting", "requests_app.tickets.services.scan_waiting", every=30),
    # empties what served to undo the merge of two persons, after thirty days
    Periodic("tickets.forget_merges", "requests_app.tickets.services.forget_merges", every=3600),
    # asks agents before silence decides, and before a receipt is late (CRPA, L231-1, R112-11-2)
    Periodic("tickets.watch_clocks", "requests_app.tickets.services.legal_watch.watch_clocks", every=3600),
    # removes the files that a crash left without a row, one folder a turn (threats F01)
    Periodic("tickets.sweep_orphans", "requests_app.tickets.services.sweep_orphans", every=600),
    # tells managers of unusual readings, draws some once a month (threats A08)
    Periodic("tickets.watch_readings", "requests_app.tickets.services.watch_readings", every=3600),
    # erases the sessions that are over
    Periodic("accounts.forget_sessions", "requests_app.accounts.services.forget_sessions", every=3600),
    # deletes the pages that Back no longer finds, after half an hour (threats W11)
    Periodic("pages.purge_expired", "requests_app.pages.services.purge_expired", every=600),
    # plans what has no plan, finds another way for what did not arrive (threats O04, O05); delivery sends
    Periodic("reminders.sweep", "requests_app.reminders.services.sweep", every=60),
    # the figures of the days before today (design/performance.md, 3)
    Periodic("indicators.roll", "requests_app.indicators.services.roll", every=600),
    # makes the list of what ends this month, destroys what has the archivist's visa (threats P03)
    Periodic("privacy.sweep", "requests_app.privacy.services.sweep", every=300),
    # received = heard + quarantined + discarded + pending (threats I2)
    Periodic("intake.reconcile", "channels_app.intake.services.check_balance", every=300),
    # sends the follow-up codes whose bell was lost (threats W09)
    Periodic("portal.send_codes", "channels_app.portal.services.send_codes", every=10),
    # erases what agents typed at a counter and never saved, after a day (threats P03)
    Periodic("frontdesk.forget", "channels_app.frontdesk.keeping.forget_old", every=3600),
    # erases the drafts of citizens after seven days (threats P03)
    Periodic("portal.forget", "channels_app.portal.services.forget", every=3600),
)


def beat_schedule() -> dict[str, dict[str, Any]]:
    """Return the same page in Celery's words; a ring that waited longer than its turn is dropped."""
    return {
        entry.task: {"task": entry.task, "schedule": entry.every, "options": {"expires": entry.every}}
        for entry in SCHEDULE
    }
