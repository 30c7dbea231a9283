"""A person's feedback is deleted with their ticket; the statistics that counted it stay."""

from requests_app.lib.holdings import TICKET, Holding, holds

holds(Holding("feedback.FeltExperience", points_to=(("ticket", TICKET),)))
