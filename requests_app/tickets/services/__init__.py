"""Actions: everything that changes a ticket is here."""

from requests_app.tickets.services.calls import (
    UNDO_CALL_WITHIN,
    note_called,
    note_not_reached,
    promise_call,
    undo_call,
)
from requests_app.tickets.services.closing import close, put_on_hold, reopen, resume
from requests_app.tickets.services.danger import dismiss_danger, mark_if_danger, restore_danger
from requests_app.tickets.services.dating import note_first_received
from requests_app.tickets.services.duplicates import record_duplicate
from requests_app.tickets.services.follow_up import cut_links, restore_links
from requests_app.tickets.services.linking import link_person
from requests_app.tickets.services.links import decide_link, link, link_by_number, undecide_link
from requests_app.tickets.services.merging import forget_merges, merge_persons, unmerge_persons
from requests_app.tickets.services.new_words import mark_read, mark_unread, record_opinion
from requests_app.tickets.services.notes import add_note
from requests_app.tickets.services.orphans import sweep_orphans
from requests_app.tickets.services.own_services import note_service_answer, undo_service_answer
from requests_app.tickets.services.papers import ask_papers, note_papers_complete
from requests_app.tickets.services.papers_changes import (
    cancel_papers_request,
    change_papers_day,
    restore_papers,
)
from requests_app.tickets.services.participants import (
    add_participant,
    allow_participant,
    remove_participant,
    restore_participant,
)
from requests_app.tickets.services.person_proposals import (
    ProposalContent,
    accept_proposal,
    propose,
    refuse_proposal,
    undecide_proposal,
)
from requests_app.tickets.services.posting import ask_for_letter, note_posted, note_unposted
from requests_app.tickets.services.reasons import note_reasons_asked, undo_reasons_asked
from requests_app.tickets.services.receiving import Received, receive
from requests_app.tickets.services.regimes import save_regime
from requests_app.tickets.services.rerouting import reroute, undo_reroute
from requests_app.tickets.services.salvage import is_untouched, withdraw_made
from requests_app.tickets.services.scanning import scan_touchpoint, scan_waiting
from requests_app.tickets.services.sorting import change_priority, change_topic, sort, unsort
from requests_app.tickets.services.splitting import split, unsplit
from requests_app.tickets.services.ticket_merging import (
    merge_by_number,
    merge_linked,
    merge_tickets,
    unmerge_last,
    unmerge_tickets,
)
from requests_app.tickets.services.todos import finish, undo_finish
from requests_app.tickets.services.transferring import transfer, undo_transfer
from requests_app.tickets.services.unusual_readings import watch_readings
from requests_app.tickets.services.whose import choose_participant, choose_person, restore_person
from requests_app.tickets.services.withdrawing import undo_withdrawal, withdraw
from requests_app.tickets.services.withdrawing_visits import withdraw_visit
from requests_app.tickets.services.working import assign, hand_over, release, take
from requests_app.tickets.todos import ask, drop

__all__ = [
    "UNDO_CALL_WITHIN",
    "ProposalContent",
    "Received",
    "accept_proposal",
    "add_note",
    "add_participant",
    "allow_participant",
    "ask",
    "ask_for_letter",
    "ask_papers",
    "assign",
    "cancel_papers_request",
    "change_papers_day",
    "change_priority",
    "change_topic",
    "choose_participant",
    "choose_person",
    "close",
    "cut_links",
    "decide_link",
    "dismiss_danger",
    "drop",
    "finish",
    "forget_merges",
    "hand_over",
    "is_untouched",
    "link",
    "link_by_number",
    "link_person",
    "mark_if_danger",
    "mark_read",
    "mark_unread",
    "merge_by_number",
    "merge_linked",
    "merge_persons",
    "merge_tickets",
    "note_called",
    "note_first_received",
    "note_not_reached",
    "note_papers_complete",
    "note_posted",
    "note_reasons_asked",
    "note_service_answer",
    "note_unposted",
    "promise_call",
    "propose",
    "put_on_hold",
    "receive",
    "record_duplicate",
    "record_opinion",
    "refuse_proposal",
    "release",
    "remove_participant",
    "reopen",
    "reroute",
    "restore_danger",
    "restore_links",
    "restore_papers",
    "restore_participant",
    "restore_person",
    "resume",
    "save_regime",
    "scan_touchpoint",
    "scan_waiting",
    "sort",
    "split",
    "sweep_orphans",
    "take",
    "transfer",
    "undecide_link",
    "undecide_proposal",
    "undo_call",
    "undo_finish",
    "undo_reasons_asked",
    "undo_reroute",
    "undo_service_answer",
    "undo_transfer",
    "undo_withdrawal",
    "unmerge_last",
    "unmerge_persons",
    "unmerge_tickets",
    "unsort",
    "unsplit",
    "watch_readings",
    "withdraw",
    "withdraw_made",
    "withdraw_visit",
]
