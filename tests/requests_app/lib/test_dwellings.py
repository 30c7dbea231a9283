"""Two ways to write one door are one; two doors are two."""

import pytest

from requests_app.lib.dwellings import door_of

DOOR = "12 rue des Acacias, 69008 Lyon"


@pytest.mark.parametrize(
    "written",
    [
        "12, Rue des acacias 69008 LYON",
        "12 r. des Acacias, Bât. B, 69008 Lyon",
        "Appt 4, 12 rue des Acacias, 69008 Lyon cedex",
        "Résidence Le Parc\n12 rue des Acacias\n69008 Lyon",
        "Mme Ndiaye, 12 rue d’Acacias, étage 3, 69008 LYON 8E",
    ],
)
def test_one_door(written):
    assert door_of(written) == door_of(DOOR)


@pytest.mark.parametrize(
    "written",
    [
        "14 rue des Acacias, 69008 Lyon",
        "12 bis rue des Acacias, 69008 Lyon",
        "12 avenue des Acacias, 69008 Lyon",
        "12 rue des Acacias, 69003 Lyon",
        "12 rue des Lilas, 69008 Lyon",
        "12 rue des Acacias, Lyon",
        "",
    ],
)
def test_another_door(written):
    assert door_of(written) != door_of(DOOR)


@pytest.mark.parametrize("written", ["", "Lyon", "69008 Lyon", "12 rue"])
def test_a_mere_town_is_no_door(written):
    assert door_of(written) == ""


def test_a_street_named_after_a_building_keeps_its_name():
    assert door_of("5 rue de la Tour, 69003 Lyon") != door_of("5 rue du Hall, 69003 Lyon")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3bis av. Jean-Jaurès, 69007 Lyon", "3 bis avenue Jean Jaurès 69007"),
        ("3B avenue Jean Jaurès 69007", "3 bis avenue Jean Jaurès 69007"),
        ("1 pl. St Jean, 69005 Lyon", "1 place Saint-Jean, 69005 Lyon"),
        ("Lieu-dit Le Bourg, 69440 Mornant", "lieu dit le bourg 69440 MORNANT"),
    ],
)
def test_what_is_repeated_or_shortened(one, other):
    assert door_of(one) == door_of(other)
