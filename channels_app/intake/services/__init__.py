from channels_app.intake.services.clearing import discard, retry, undo_discard
from channels_app.intake.services.hearing import hear
from channels_app.intake.services.reconciling import Balance, check_balance, reconcile
from channels_app.intake.services.storing import Stored, store
from channels_app.intake.services.sweeping import sweep

__all__ = [
    "Balance",
    "Stored",
    "check_balance",
    "discard",
    "hear",
    "reconcile",
    "retry",
    "store",
    "sweep",
    "undo_discard",
]
