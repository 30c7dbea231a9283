"""What the visits app stores about a ticket."""

from requests_app.lib.holdings import Holding, holds

holds(Holding("visits.Visit", points_to=(("touchpoint", "tickets.Touchpoint"),)))
