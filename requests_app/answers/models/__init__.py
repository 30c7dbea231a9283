from requests_app.answers.models.answer_models import AnswerModel
from requests_app.answers.models.drafts import Draft, DraftFile
from requests_app.answers.models.presence import Presence

__all__ = ["AnswerModel", "Draft", "DraftFile", "Presence"]
