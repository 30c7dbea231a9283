"""Every periodic task, on one page.

A periodic task calls one service whose only argument is the instant, `at`: the task reads the clock, `manage
sweep` passes its own. Both may run twice.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Periodic:
    """A task's name, the service it calls, and the seconds between two runs."""

    task: str
    service: str
    every: float


SCHEDULE = (
    # shows that the scheduler and a worker live (docs/operations.md)
    Periodic("metrics.heartbeat", "gru.metrics.heartbeat.record", every=15),
    # reads the mailboxes of GRU_IMAP_URL
    Periodic("mail.poll_imap", "channels_app.mail.imap.poll", every=60),
    # fetches the SMS that were never pushed to us (threats S02)
    Periodic("sms.poll", "channels_app.sms.polling.poll", every=300),
    # fetches the pictures of SMS whose task was lost, or that wait for the provider (threats W08)
    Periodic("sms.fetch_waiting", "channels_app.sms.pictures.fetch_waiting", every=60),
    # deletes at the provider the SMS that were settled days ago (threats P03)
    Periodic("sms.erase_old", "channels_app.sms.erasing.erase_old", every=900),
    # asks portals what became of the requests handed over to them; nothing without GRU_PUBLIK_PORTALS
    Periodic("partner.follow", "channels_app.partner.publik.following.follow", every=900),
    # parses what the immediate task missed (threats O05)
    Periodic("intake.sweep", "channels_app.intake.services.sweep", every=10),
    # sends what is due, settles what a dead worker left (threats O01, O05)
    Periodic("delivery.sweep", "channels_app.delivery.services.sweep", every=10),
    # has the antivirus read what waits; nothing without GRU_CLAMAV_URL (threats M17)
    Periodic("tickets.scan_waiting", "requests_app.tickets.services.scan_waiting", every=30),
    # purges the data for undoing a merge of two persons, after thirty days
    Periodic("tickets.forget_merges", "requests_app.tickets.services.forget_merges", every=3600),
    # warns agents before silence decides, and before a receipt is late (CRPA, L231-1, R112-11-2)
    Periodic("tickets.watch_clocks", "requests_app.tickets.services.legal_watch.watch_clocks", every=3600),
    # removes the files that a crash left without a row, one folder a turn (threats F01)
    Periodic("tickets.sweep_orphans", "requests_app.tickets.services.sweep_orphans", every=600),
    # tells managers of unusual readings, draws some once a month (threats A08)
    Periodic("tickets.watch_readings", "requests_app.tickets.services.watch_readings", every=3600),
    # deletes expired sessions
    Periodic("accounts.forget_sessions", "requests_app.accounts.services.forget_sessions", every=3600),
    # deletes the pages that Back no longer finds, after half an hour (threats W11)
    Periodic("pages.purge_expired", "requests_app.pages.services.purge_expired", every=600),
    # deletes the holds of slots that expired (design/reception.md, 1)
    Periodic("appointments.purge_holds", "requests_app.appointments.services.purge_expired_holds", every=600),
    # plans what has no plan, finds another channel for what did not arrive (threats O04, O05); delivery
    # sends
    Periodic("reminders.sweep", "requests_app.reminders.services.sweep", every=60),
    # offers freed hours to those who wait for them (design/reception.md, 3); delivery sends
    Periodic("waiting_list.sweep", "requests_app.waiting_list.services.sweep", every=60),
    # asks how closed requests felt; nothing without GRU_SURVEYS (design/experience.md, 2); delivery sends
    Periodic("feedback.invite", "requests_app.feedback.services.invite", every=600),
    # pushes the events that no task pushed, serves the receivers that answer late (threats W08)
    Periodic("webhooks.sweep", "requests_app.webhooks.services.sweep", every=10),
    # deletes the events older than GRU_EVENTS_DAYS
    Periodic("events.purge_expired", "requests_app.events.services.purge_expired", every=3600),
    # sends to the contact given the answers of the chat that nobody fetched (design/machines.md, 4)
    Periodic("chat.tell_unread", "channels_app.chat.telling.tell_unread", every=10),
    # computes statistics of the days before today (design/performance.md, 3)
    Periodic("indicators.roll", "requests_app.indicators.services.roll", every=600),
    # measures once a night what groups of people lived (design/experience.md)
    Periodic("indicators.measure_groups", "requests_app.indicators.services.measure_groups", every=600),
    # measures the third free slot of each type and place, once a working day (design/reception.md, 2)
    Periodic("first_delay.measure_day", "requests_app.first_delay.services.measuring.measure_day", every=600),
    # fits what helps people come to appointments, once a month, Maison by Maison (design/reception.md, 5)
    Periodic("attendance.refit", "requests_app.attendance.services.fitting.refit", every=600),
    # adds a reminder or a call for those who may not manage to come (design/reception.md, 5)
    Periodic("attendance.help_expected", "requests_app.attendance.services.helping.help_expected", every=600),
    # publishes the indicators of the last quarter, once (design/experience.md, 7)
    Periodic("publication.publish", "requests_app.publication.services.publish", every=3600),
    # lists what expires this month, destroys what the archivist has approved (threats P03)
    Periodic("privacy.sweep", "requests_app.privacy.services.sweep", every=300),
    # received = parsed + quarantined + discarded + pending (threats I2)
    Periodic("intake.reconcile", "channels_app.intake.services.check_balance", every=300),
    # sends the follow-up codes whose task was lost (threats W09)
    Periodic("portal.send_codes", "channels_app.portal.services.send_codes", every=10),
    # deletes what agents typed at a counter and never saved, after a day (threats P03)
    Periodic("frontdesk.forget", "channels_app.frontdesk.typed_notes.forget_old", every=3600),
    # deletes the answers stored for the retries of programs, after two days
    Periodic("api.purge_answers", "requests_app.api.idempotency.purge_answers", every=3600),
    # deletes the drafts of citizens after seven days (threats P03)
    Periodic("portal.forget", "channels_app.portal.services.forget", every=3600),
)


def beat_schedule() -> dict[str, dict[str, Any]]:
    """Return the same page in Celery's terms; a run that waited longer than its period is dropped."""
    return {
        entry.task: {"task": entry.task, "schedule": entry.every, "options": {"expires": entry.every}}
        for entry in SCHEDULE
    }
