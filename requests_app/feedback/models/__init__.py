from requests_app.feedback.models.experiences import FeltExperience
from requests_app.feedback.models.field import FieldFeedback, FieldFeedbackChange

__all__ = ["FeltExperience", "FieldFeedback", "FieldFeedbackChange"]
