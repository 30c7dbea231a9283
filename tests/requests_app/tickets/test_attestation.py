"""The attestation of an implicit acceptance, printed when the person asks for it (CRPA, art. L232-3)."""

from datetime import datetime, timedelta

import pytest

from requests_app.catalog.models import Topic
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.letters.attestation import attestation

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 9, 15, 10, tzinfo=PARIS)
BORN = datetime(2026, 11, 16, 9, tzinfo=PARIS)  # the day after the two months


@pytest.fixture
def given(make_ticket, amina, territory):
    def make(regime="silence_acceptance", to_validate=(), **fields):
        Topic.objects.filter(code="velo").update(regime=regime, to_validate=list(to_validate))
        values = {"topic": "velo", "person": amina, "state": "open", "received_at": RECEIVED}
        return make_ticket(**{**values, **fields})

    return make


def test_L232_3_says_what_is_accepted_and_since_when(given, chloe):
    ticket = given()
    paper = attestation(ticket, by=chloe, at=BORN)
    words = " ".join(paper.paragraphs)
    for told in (
        ticket.reference,
        "mardi 15\u00a0septembre 2026",
        "dimanche 15\u00a0novembre 2026",
        "L232-3",
    ):
        assert told in words
    assert "Chloé Martin" in paper.signature[0]


@pytest.mark.parametrize(
    "fields",
    [
        {"regime": "silence_refusal"},
        {"to_validate": ["regime"]},
        {"state": "closed", "closed_at": RECEIVED + timedelta(days=30)},
        {"missing_papers": "Bail", "papers_asked_at": RECEIVED, "papers_until": RECEIVED.date()},
    ],
)
def test_none_where_silence_has_accepted_nothing(given, chloe, fields):
    assert attestation(given(**fields), by=chloe, at=BORN) is None


def test_none_on_the_last_day(given, chloe):
    assert attestation(given(), by=chloe, at=BORN - timedelta(days=1)) is None


def test_an_agent_prints_it_or_reads_why_not(given, client_of, chloe):
    ticket, desk = given(received_at=datetime.now(PARIS) - timedelta(days=90)), client_of(chloe)
    path = f"/demandes/{ticket.reference}/"
    assert f"{path}attestation/" in desk.get(path).content.decode()
    assert desk.get(f"{path}attestation/")["Content-Type"] == "application/pdf"
    Topic.objects.filter(code="velo").update(regime="silence_refusal")
    assert f"{path}attestation/" not in desk.get(path).content.decode()
    assert "n’a rien accordé" in desk.get(f"{path}attestation/", follow=True).content.decode()
