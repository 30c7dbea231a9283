"""What the room of visits stores about a ticket."""

from requests_app.lib.holdings import Holding, holds

holds(Holding("visits.Visit", points_to=(("touchpoint", "tickets.Touchpoint"),)))
