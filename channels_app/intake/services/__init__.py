from channels_app.intake.services.clearing import (
    Retried,
    discard,
    retry,
    retry_many,
    undo_clear,
    undo_discard,
)
from channels_app.intake.services.glimpsing import remember_glimpse
from channels_app.intake.services.hearing import hear, hear_again
from channels_app.intake.services.immediate import hear_stored, keep_and_hear
from channels_app.intake.services.making import can_unmake, make_ticket, unmake_ticket
from channels_app.intake.services.reconciling import Balance, check_balance, reconcile
from channels_app.intake.services.storing import Stored, keep, kept_among, kept_before, key_of_words, store
from channels_app.intake.services.sweeping import sweep

__all__ = [
    "Balance",
    "Retried",
    "Stored",
    "can_unmake",
    "check_balance",
    "discard",
    "hear",
    "hear_again",
    "hear_stored",
    "keep",
    "keep_and_hear",
    "kept_among",
    "kept_before",
    "key_of_words",
    "make_ticket",
    "reconcile",
    "remember_glimpse",
    "retry",
    "retry_many",
    "store",
    "sweep",
    "undo_clear",
    "undo_discard",
    "unmake_ticket",
]
