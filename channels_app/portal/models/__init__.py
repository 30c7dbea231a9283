"""What the citizen's pages keep before it is said: answers, photos, tries, codes asked for."""

from channels_app.portal.models.code_asks import CodeAsk
from channels_app.portal.models.drafts import Draft, DraftFile
from channels_app.portal.models.tries import Try
from channels_app.portal.models.unsent_messages import UnsentMessage

__all__ = ["CodeAsk", "Draft", "DraftFile", "Try", "UnsentMessage"]
