"""What the answers app stores about a ticket: what agents were writing."""

from requests_app.lib.holdings import TICKET, Holding, exempts, holds

holds(
    Holding("answers.Draft", points_to=(("ticket", TICKET),)),
    Holding("answers.DraftFile", points_to=(("draft", "answers.Draft"),)),
    Holding("answers.Presence", points_to=(("ticket", TICKET),)),
)
exempts("Texts for everyone, written before any ticket.", "answers.AnswerModel")
