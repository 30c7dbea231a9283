from channels_app.intake.services.clearing import discard, retry, retry_later, take_back, undo_discard
from channels_app.intake.services.hearing import hear, hear_again
from channels_app.intake.services.reconciling import Balance, check_balance, reconcile
from channels_app.intake.services.storing import Stored, keep, kept_before, store
from channels_app.intake.services.sweeping import sweep

__all__ = [
    "Balance",
    "Stored",
    "check_balance",
    "discard",
    "hear",
    "hear_again",
    "keep",
    "kept_before",
    "reconcile",
    "retry",
    "retry_later",
    "store",
    "sweep",
    "take_back",
    "undo_discard",
]
