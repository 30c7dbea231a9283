from requests_app.feedback.models.cards import SurveyCard
from requests_app.feedback.models.experiences import FeltExperience
from requests_app.feedback.models.field import FieldFeedback, FieldFeedbackChange
from requests_app.feedback.models.leaving import LeavingOpinion

__all__ = ["FeltExperience", "FieldFeedback", "FieldFeedbackChange", "LeavingOpinion", "SurveyCard"]
