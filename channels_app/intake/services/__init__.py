from channels_app.intake.services.at_once import keep_and_hear
from channels_app.intake.services.clearing import Retried, discard, retry, retry_many, take_back, undo_discard
from channels_app.intake.services.hearing import hear, hear_again
from channels_app.intake.services.reconciling import Balance, check_balance, reconcile
from channels_app.intake.services.storing import Stored, keep, kept_among, kept_before, store
from channels_app.intake.services.sweeping import sweep

__all__ = [
    "Balance",
    "Retried",
    "Stored",
    "check_balance",
    "discard",
    "hear",
    "hear_again",
    "keep",
    "keep_and_hear",
    "kept_among",
    "kept_before",
    "reconcile",
    "retry",
    "retry_many",
    "store",
    "sweep",
    "take_back",
    "undo_discard",
]
