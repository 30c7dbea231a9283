from channels_app.frontdesk.models.kept_notes import KeptNote

__all__ = ["KeptNote"]
