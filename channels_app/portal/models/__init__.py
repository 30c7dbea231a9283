"""What the citizens' pages store before anything is sent: answers, photos, attempts, requests for codes."""

from channels_app.portal.models.code_asks import CodeAsk
from channels_app.portal.models.drafts import Draft, DraftFile
from channels_app.portal.models.tries import Try
from channels_app.portal.models.unsent_messages import UnsentMessage

__all__ = ["CodeAsk", "Draft", "DraftFile", "Try", "UnsentMessage"]
