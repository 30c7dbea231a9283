from requests_app.slots.services.choosing import Choice, book_choice, find_held, hold_choice, move_choice
from requests_app.slots.services.editing import close_maison, note_absence, open_times, remove, restore
from requests_app.slots.services.weeks import (
    Change,
    can_copy,
    copy_openings,
    end_opening,
    put_opening,
    resume_opening,
    skip_day,
)

__all__ = [
    "Change",
    "Choice",
    "book_choice",
    "can_copy",
    "close_maison",
    "copy_openings",
    "end_opening",
    "find_held",
    "hold_choice",
    "move_choice",
    "note_absence",
    "open_times",
    "put_opening",
    "remove",
    "restore",
    "resume_opening",
    "skip_day",
]
