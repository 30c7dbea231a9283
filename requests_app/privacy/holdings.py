"""What the room of privacy stores: the proof of what went, without a word of it."""

from requests_app.lib.holdings import exempts

exempts(
    "The certificate: numbers, days, the rule, who decided.",
    "privacy.DisposalSchedule",
    "privacy.DisposalLine",
)
exempts("Names of our own making, until the file is erased.", "privacy.DoomedFile")
