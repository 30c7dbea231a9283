"""The managers' statistics for a program, with what they hide; what is not built does not exist."""

import pytest

from requests_app.access.models import Reading
from tests import factories

pytestmark = pytest.mark.django_db


def read(program, **query):
    answer = program.get("indicators/", **query)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def received(lyon_8, villeurbanne):
    for _n in range(6):
        factories.ticket(topic="velo")
    factories.ticket(topic="adulte-vulnerable", is_sensitive=True)
    factories.ticket(topic="velo", maison=villeurbanne)


def test_counts_what_came_in_the_key_s_maisons(program, received, lyon_8):
    everywhere = read(program("indicators:read"), period="semaine")
    assert everywhere["received"] == 8
    here = read(program("indicators:read", maisons=[lyon_8]), period="semaine")
    assert (here["received"], here["waiting"]) == (7, 7)
    assert {"topic": "velo", "received": 6} in here["topics"]
    assert sum(day["received"] for day in here["days"]) == 7
    assert Reading.objects.filter(kind="export").count() == 2


def test_A02_topics_that_protect_people_are_never_told_apart(program, received, lyon_8):
    shown = read(program("indicators:read", "sensitive:read", maisons=[lyon_8]), period="semaine")
    assert "adulte-vulnerable" not in {each["topic"] for each in shown["topics"]}
    assert shown["together"] == {"received": None, "reserved": "moins de 5"}


@pytest.mark.parametrize("code", ["adulte-vulnerable", "inconnu"])
def test_A03_nor_asked_for(program, received, code):
    answer = program("indicators:read", "sensitive:read").get("indicators/", topic=code)
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "topic")


def test_A01_a_maison_of_others_is_not_counted(program, received, lyon_8, villeurbanne):
    ours = program("indicators:read", maisons=[lyon_8])
    answer = ours.get("indicators/", maison=villeurbanne.code)
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "maison")
    assert read(ours, maison=lyon_8.code, period="semaine")["received"] == 7


def test_a_key_of_some_topics_reads_the_statistics_of_one(program, received):
    velo, other = factories.topic("velo"), factories.topic("voirie")
    ours = program("indicators:read", topics=[velo])
    assert ours.get("indicators/").status_code == 400
    assert ours.get("indicators/", topic=other.code).status_code == 400
    assert read(ours, topic="velo", period="semaine")["received"] == 7


@pytest.mark.parametrize("query", [{"period": "toujours"}, {"order": "received"}, {"maison__name": "x"}])
def test_W04_anything_else_is_refused(program, query):
    assert program("indicators:read").get("indicators/", **query).status_code == 400
