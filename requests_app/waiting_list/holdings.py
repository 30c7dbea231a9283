"""What the waiting list stores about a ticket."""

from requests_app.lib.holdings import TICKET, Holding, exempts, holds

holds(
    Holding("waiting_list.Place", points_to=(("ticket", TICKET),)),
    Holding("waiting_list.Offer", points_to=(("place", "waiting_list.Place"),)),
)
exempts("An hour of an agent: no person.", "waiting_list.FreedSlot")
