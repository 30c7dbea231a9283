"""A point of the map and the commune that it is in."""

import pytest

from requests_app.maisons.points import commune_at, is_far_away

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("point", "insee"),
    [
        ((4.832011, 45.757814), "69382"),  # place Bellecour
        ((4.8798, 45.7719), "69266"),  # Villeurbanne, Gratte-Ciel
        ((2.3522, 48.8566), ""),
        ((45.757814, 4.832011), ""),
    ],
)
def test_tells_the_commune(territory, point, insee):
    assert commune_at(point) == insee


@pytest.mark.parametrize(
    ("point", "is_far"),
    [((4.832, 45.757), False), ((2.3522, 48.8566), True), ((0.0, 0.0), True), ((4.82, 45.53), False)],
)
def test_tells_what_is_well_outside(territory, point, is_far):
    assert is_far_away(point) is is_far


def test_without_outlines_nothing_is_outside(territory, monkeypatch):
    monkeypatch.setattr("requests_app.maisons.points.commune_shapes", tuple)
    assert not is_far_away((0.0, 0.0))
    assert commune_at((4.832, 45.757)) == ""
