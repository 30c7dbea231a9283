"""Statistics of five people at least: they name nobody, and stay when the people's rows go."""

from requests_app.lib.holdings import exempts

exempts(
    "Counts and delays of at least five people: no person.",
    "publication.Publication",
    "publication.Indicator",
)
