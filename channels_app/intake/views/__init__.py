"""The quarantine: what arrived and could not be read waits for an agent (threats: I2)."""

from channels_app.intake.views.clearing import discard, retry, undo
from channels_app.intake.views.lists import quarantine, search
from channels_app.intake.views.making import make_ticket, unmake_ticket
from channels_app.intake.views.reading import arrival, arrival_raw

__all__ = [
    "arrival",
    "arrival_raw",
    "discard",
    "make_ticket",
    "quarantine",
    "retry",
    "search",
    "undo",
    "unmake_ticket",
]
