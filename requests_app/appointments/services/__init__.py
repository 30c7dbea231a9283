from requests_app.appointments.services.booking import book, move
from requests_app.appointments.services.checking import Wish
from requests_app.appointments.services.holding import hold, purge_expired_holds, release
from requests_app.appointments.services.turning import (
    call_off,
    cancel_by_person,
    confirm,
    note_absent,
    note_came,
    note_reply,
    undo,
)

__all__ = [
    "Wish",
    "book",
    "call_off",
    "cancel_by_person",
    "confirm",
    "hold",
    "move",
    "note_absent",
    "note_came",
    "note_reply",
    "purge_expired_holds",
    "release",
    "undo",
]
