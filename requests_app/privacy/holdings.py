"""What the room of privacy stores: who asked to be erased, and the proof of what went, without its words."""

from requests_app.lib.holdings import PERSON, Holding, exempts, holds

holds(Holding("privacy.ErasureAsked", points_to=(("person", PERSON),)))
exempts(
    "The certificate: numbers, days, the rule, who decided.",
    "privacy.DisposalSchedule",
    "privacy.DisposalLine",
)
exempts("Names of our own making, until the file is erased.", "privacy.DoomedFile")
