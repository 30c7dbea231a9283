"""Hostile input costs little, and the territory is read once."""

from time import perf_counter

import pytest
from django.utils import timezone

from requests_app.maisons.models import Maison
from requests_app.routing.evidence import Evidence
from requests_app.routing.models import RoutingDecision
from requests_app.routing.resolver import resolve
from requests_app.routing.services import decide

pytestmark = pytest.mark.usefixtures("territory")

HOSTILE = {
    "ten megabytes": "j'habite à " * 1_000_000,
    "codes": "69270 x69003 lyon 8 " * 500_000,
    "names": "saint genis les saint genis laval " * 300_000,
    "streets": "rue de la de la " * 600_000,
    "strangers": "69270 abcdefghijklmnop " * 400_000,
    "numbers": "6 9 0 0 8 " * 1_000_000,
    "one word": "a" * 10_000_000,
    "accents": "é" * 5_000_000,
    "separators": " -" * 5_000_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_reads_a_huge_text_in_bounded_time(kind):
    resolve(Evidence(text="rien"))
    start = perf_counter()
    resolve(Evidence(text=HOSTILE[kind], address=HOSTILE[kind]))
    assert perf_counter() - start < 1


def test_costs_one_statement_once_the_territory_is_read(django_assert_num_queries):
    resolve(Evidence(insee="69029"))
    with django_assert_num_queries(1):
        resolve(Evidence(insee="69029", text="j’habite à Bron", known_maison_code="P54"))


def test_sees_a_change_made_by_anyone():
    assert resolve(Evidence(insee="69388")).maison is None
    Maison.objects.filter(code="P84").update(closed_on="2026-01-01")
    assert resolve(Evidence(insee="69388")).maison.code == "P85"


class TestDecide:
    def test_keeps_the_advice_with_its_steps(self, django_assert_num_queries):
        resolve(Evidence())
        with django_assert_num_queries(2):
            decision = decide(Evidence(insee="69029"), at=timezone.now())
        kept = RoutingDecision.objects.get(pk=decision.pk)
        assert (kept.outcome, kept.maison.code, kept.decided_by) == ("routed", "P54", None)
        assert kept.steps[0] == "Commune donnée : Bron."

    def test_keeps_candidates_and_transfers(self):
        torn = decide(Evidence(insee="69388"), at=timezone.now())
        assert [candidate["code"] for candidate in torn.candidates] == ["P84", "P85"]
        sent = decide(Evidence(insee="69029", topic_code="etat-civil"), at=timezone.now())
        assert (sent.transfer_body, sent.transfer_insee, sent.maison) == ("Mairie de Bron", "69029", None)
