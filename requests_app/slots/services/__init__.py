from requests_app.slots.services.editing import close_maison, note_absence, open_times, remove, restore

__all__ = ["close_maison", "note_absence", "open_times", "remove", "restore"]
