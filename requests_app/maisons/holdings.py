"""The territory: no person."""

from requests_app.lib.holdings import exempts

exempts(
    "The territory: places, no person.",
    "maisons.Commune",
    "maisons.TownHall",
    "maisons.Maison",
    "maisons.Outline",
    "maisons.SpokenPlace",
    "maisons.TerritoryVersion",
)
