"""A person's feedback is deleted with their ticket; the statistics that counted it stay."""

from requests_app.lib.holdings import TICKET, Holding, exempts, holds

holds(Holding("feedback.FeltExperience", points_to=(("ticket", TICKET),)))
exempts(
    "What agents say of their work: no person served, and no ticket.",
    "feedback.FieldFeedback",
    "feedback.FieldFeedbackChange",
)
