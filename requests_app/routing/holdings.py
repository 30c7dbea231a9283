"""What routing stores about a ticket: how its place was found."""

from requests_app.lib.holdings import TICKET, Holding, exempts, holds

holds(Holding("routing.RoutingDecision", named_by=((TICKET, "decision"),)))
exempts("The territory: places, no person.", "routing.Coverage")
