"""The log for other software holds ids and instants: no word, no name, no address of anybody."""

from requests_app.lib.holdings import exempts

exempts(
    "A log of facts in their order, ids only: it says what was erased, and leaves by its own days.",
    "events.DomainEvent",
    "events.EventCounter",
)
