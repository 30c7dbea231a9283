"""What the privacy app stores: requests for erasure, and proof of what was destroyed, without its text."""

from requests_app.lib.holdings import PERSON, Holding, exempts, holds

holds(Holding("privacy.ErasureAsked", points_to=(("person", PERSON),)))
exempts(
    "The certificate: numbers, days, the rule, who decided.",
    "privacy.DisposalSchedule",
    "privacy.DisposalLine",
)
exempts("Names of our own making, until the file is erased.", "privacy.DoomedFile")
