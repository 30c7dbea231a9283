"""The catalog: no person."""

from requests_app.lib.holdings import exempts

exempts(
    "The catalog: what tickets are about, no person.",
    "catalog.Topic",
    "catalog.CompetentBody",
    "catalog.RegimeChange",
)
