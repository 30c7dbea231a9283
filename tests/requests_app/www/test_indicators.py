"""« Comment nous répondons »: what everybody reads, as a page, a file and a sheet for the wall."""

import csv
import io
import re
from datetime import datetime

import pytest
import time_machine

from requests_app.maisons.opening import PARIS
from requests_app.publication.models import Indicator, Publication

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 12, 10, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def text_of(answer):
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(re.sub("[\u00a0\u202f]", " ", plain).split())


def publication(first):
    return Publication.objects.create(quarter=first, published_at=NOW)


@pytest.fixture
def published(lyon_8):
    """A quarter where Lyon 8e alone answered enough people, and the one before it."""
    summer, spring = publication("2026-07-01"), publication("2026-04-01")
    rows = [
        ("answered", {"share": 85, "n": 1240}),
        ("appointment", {"middle": 9, "most": 21, "n": 40}),
        ("wait", {"middle": 8, "most": 15, "n": 310}),
    ]
    for kind, figures in rows:
        Indicator.objects.create(publication=summer, kind=kind, extent="maison", maison=lyon_8, **figures)
        Indicator.objects.create(publication=summer, kind=kind, extent="territory", **figures)
    Indicator.objects.create(
        publication=spring, kind="answered", extent="maison", maison=lyon_8, share=60, n=900
    )


class TestThePage:
    def test_before_the_first_publication_it_says_when(self, client, territory):
        shown = text_of(client.get("/indicateurs/"))
        assert "Rien n’est publié pour le moment" in shown
        assert "une semaine après sa fin" in shown

    def test_each_maison_has_its_line_and_few_are_hidden(self, client, published):
        answer = client.get("/indicateurs/")
        shown = text_of(answer)
        assert "3e trimestre 2026" in shown
        assert "85 % sur 1 240 environ" in shown
        assert "9 jours au plus pour la moitié des personnes (21 jours pour 9 sur 10)" in shown
        assert "8 min au plus pour la moitié des personnes (15 min pour 8 sur 10)" in shown
        assert "moins de 5" in shown  # said to those who listen; seen as a dash

    def test_the_quarter_before(self, client, published):
        shown = text_of(client.get("/indicateurs/?trimestre=2026-T2"))
        assert "60 %" in shown
        assert "85 %" not in shown

    @pytest.mark.parametrize("asked", ["2026-T1", "2026-T5", "", "x", "2026-T3' OR 1=1"])
    def test_a_quarter_not_published_does_not_exist(self, client, published, asked):
        assert client.get("/indicateurs/", {"trimestre": asked}).status_code == 404

    def test_the_same_statements_for_one_maison_as_for_all(
        self, client, published, lyon_8, villeurbanne, django_assert_num_queries
    ):
        Indicator.objects.create(
            publication=Publication.objects.get(quarter="2026-07-01"),
            kind="wait",
            extent="maison",
            maison=villeurbanne,
            middle=3,
            most=9,
            n=20,
        )
        with django_assert_num_queries(3):
            client.get("/indicateurs/")


class TestOneMaison:
    def test_its_quarters_one_below_the_other(self, client, published):
        shown = text_of(client.get("/indicateurs/P84/"))
        assert "Les trimestres d’avant" in shown
        assert "2e trimestre 2026 60 %" in shown

    def test_its_place_page_leads_to_it(self, client, territory):
        assert 'href="/indicateurs/P84/"' in client.get("/lieux/P84/").content.decode()

    def test_an_unknown_one_does_not_exist(self, client, published):
        assert client.get("/indicateurs/nowhere/").status_code == 404


class TestTheFile:
    def test_what_the_page_says_a_line_each(self, client, published):
        answer = client.get("/indicateurs/indicateurs.csv")
        assert answer["Content-Disposition"] == 'attachment; filename="indicateurs-2026-T3.csv"'
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert ["2026-T3", "Premier rendez-vous", "40", "", "9", "21", "jours"] in [
            [row[0], *row[3:]] for row in rows if row[2] == "P84"
        ]
        assert len(rows) == 7

    def test_nothing_to_give_before_the_first_publication(self, client, territory):
        assert client.get("/indicateurs/indicateurs.csv").status_code == 404
