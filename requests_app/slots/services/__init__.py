from requests_app.slots.services.editing import close_maison, note_absence, open_times, remove, restore
from requests_app.slots.services.weeks import (
    Change,
    can_copy,
    copy_openings,
    end_opening,
    put_opening,
    skip_day,
)

__all__ = [
    "Change",
    "can_copy",
    "close_maison",
    "copy_openings",
    "end_opening",
    "note_absence",
    "open_times",
    "put_opening",
    "remove",
    "restore",
    "skip_day",
]
