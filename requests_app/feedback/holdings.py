"""A person's feedback is deleted with their ticket; the statistics that counted it stay."""

from requests_app.lib.holdings import TICKET, Holding, exempts, holds

holds(Holding("feedback.FeltExperience", points_to=(("ticket", TICKET),)))
holds(Holding("feedback.SurveyCard", points_to=(("ticket", TICKET),)))
exempts("A face touched on the tablet of a door: nobody known, and no ticket.", "feedback.LeavingOpinion")
exempts(
    "What agents say of their work: no person served, and no ticket.",
    "feedback.FieldFeedback",
    "feedback.FieldFeedbackChange",
)
