"""Verbs: whatever changes a ticket is here."""

from requests_app.tickets.services.closing import close, put_on_hold, reopen, resume
from requests_app.tickets.services.linking import link_person
from requests_app.tickets.services.notes import add_note
from requests_app.tickets.services.receiving import Received, receive, withdraw_visit
from requests_app.tickets.services.sorting import change_priority, change_topic, reroute, sort, unsort
from requests_app.tickets.services.working import assign, hand_over, release, take

__all__ = [
    "Received",
    "add_note",
    "assign",
    "change_priority",
    "change_topic",
    "close",
    "hand_over",
    "link_person",
    "put_on_hold",
    "receive",
    "release",
    "reopen",
    "reroute",
    "resume",
    "sort",
    "take",
    "unsort",
    "withdraw_visit",
]
