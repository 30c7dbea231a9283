"""A person's searches are deleted with their ticket; the measures of a day name nobody."""

from requests_app.lib.holdings import TICKET, Holding, exempts, holds

SEARCH = "first_delay.SlotSearch"

holds(
    Holding(SEARCH, points_to=(("ticket", TICKET),)),
    Holding("first_delay.SlotOffer", points_to=(("search", SEARCH),)),
)
exempts("A median of several people, at a Maison: no person.", "first_delay.AnnouncedDelay")
exempts("One measure a day of a Maison's agendas: no person.", "first_delay.ThirdNext")
