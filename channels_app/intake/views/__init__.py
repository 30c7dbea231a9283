"""The quarantine: what arrived and could not be read waits for someone (threats: I2)."""

from channels_app.intake.views.clearing import discard, retry, undo
from channels_app.intake.views.lists import quarantine, search
from channels_app.intake.views.reading import arrival, arrival_raw

__all__ = ["arrival", "arrival_raw", "discard", "quarantine", "retry", "search", "undo"]
