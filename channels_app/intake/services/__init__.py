from channels_app.intake.services.clearing import (
    RetryResult,
    discard,
    retry,
    retry_many,
    undo_clear,
    undo_discard,
)
from channels_app.intake.services.first_words import has_opened
from channels_app.intake.services.glimpsing import remember_glimpse
from channels_app.intake.services.immediate import process_stored, store_and_process
from channels_app.intake.services.making import can_unmake, make_ticket, unmake_ticket
from channels_app.intake.services.processing import process, process_again
from channels_app.intake.services.reconciling import Balance, check_balance, reconcile, reconcile_recent
from channels_app.intake.services.storing import (
    Stored,
    filter_stored,
    find_stored,
    key_of_words,
    store,
    store_unqueued,
)
from channels_app.intake.services.sweeping import sweep

__all__ = [
    "Balance",
    "RetryResult",
    "Stored",
    "can_unmake",
    "check_balance",
    "discard",
    "filter_stored",
    "find_stored",
    "has_opened",
    "key_of_words",
    "make_ticket",
    "process",
    "process_again",
    "process_stored",
    "reconcile",
    "reconcile_recent",
    "remember_glimpse",
    "retry",
    "retry_many",
    "store",
    "store_and_process",
    "store_unqueued",
    "sweep",
    "undo_clear",
    "undo_discard",
    "unmake_ticket",
]
