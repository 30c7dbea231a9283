"""What the SMS channel stores of a message: the pictures that it waits for."""

from requests_app.lib.holdings import Holding, exempts, holds

holds(Holding("sms.Pictures", points_to=(("touchpoint", "tickets.Touchpoint"),)))
exempts("Numbers by day.", "sms.Erasures", "sms.RefusedCalls", "sms.Spending")
