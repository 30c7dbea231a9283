"""What the citizen's pages keep before it is said: answers, photos, tries."""

from channels_app.portal.models.drafts import Draft, DraftFile
from channels_app.portal.models.tries import Try

__all__ = ["Draft", "DraftFile", "Try"]
