"""Worlds of sites whose truth is known."""

from random import Random

from requests_app.experiments.observations import Observation


def draw_world(seed, *, sites=61, tried=3, before=6, after=8, effect=0.0, noise=8.0, n=20):
    """Return the observations of sites under one weather, ``effect`` at the tried ones."""
    random = Random(seed)
    names = [f"site {number:02}" for number in range(sites)]
    chosen = set(random.sample(names, tried))
    usual = {name: random.gauss(60, 6) for name in names}
    return [
        Observation(
            site=name,
            period=f"2026-W{week:02}",
            is_tried=name in chosen,
            is_after=week >= before,
            value=usual[name]
            + weather
            + random.gauss(0, noise)
            + (effect if week >= before and name in chosen else 0),
            n=n,
        )
        for week in range(before + after)
        for weather in [random.gauss(0, 3)]
        for name in names
    ]


def make_world(changes, *, tried, n=1):
    """Return two periods per site, of which the second is higher by its change."""
    return [
        Observation(site, period, site in tried, period == "2", change if period == "2" else 0.0, n)
        for site, change in changes.items()
        for period in ("1", "2")
    ]
