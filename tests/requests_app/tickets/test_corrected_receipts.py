"""A regime corrected after receipts left: who holds a wrong one gets another, which says so (R112-5)."""

from datetime import UTC, datetime, timedelta

import pytest

from requests_app.catalog.models import Topic
from requests_app.catalog.regimes import LAW_FIELDS
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket
from requests_app.tickets.services import close, sort
from requests_app.tickets.services.legal_watch import watch_clocks
from requests_app.tickets.services.regimes import last_change, save_regime

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
NEXT_DAY = AT + timedelta(days=1)


@pytest.fixture
def correct(jurist, territory):
    def save(at=AT, *, validated=("regime", "appeal"), **changes):
        topic = Topic.objects.get(code="velo")
        values = {name: getattr(topic, name) for name in LAW_FIELDS}
        values |= {"regime_source": "CRPA, L231-4", **changes}
        last = last_change(topic)
        save_regime(topic=topic, values=values, validated=validated, last=last, by=jurist, at=at)

    return save


@pytest.fixture
def told(correct, make_ticket, chloe, amina):
    """Give a ticket whose receipt said that silence refuses, and has left."""
    correct(regime="silence_refusal", appeal="gracious")
    ticket = make_ticket(person=amina, received_at=AT, is_sensitive=False)
    sort(ticket=ticket, topic=Topic.objects.get(code="velo"), maison=None, by=chloe, at=AT)
    Outgoing.objects.filter(kind="receipt").update(state="sent", sent_at=AT)
    return ticket


def texts(ticket):
    rows = Outgoing.objects.filter(touchpoint__ticket=ticket, kind="receipt").order_by("pk")
    return [each.payload["text"] for each in rows]


def test_who_read_refused_is_told_accepted_and_that_it_replaces(told, correct):
    correct(regime="silence_acceptance")
    watch_clocks(at=NEXT_DAY)
    first, second = texts(told)
    assert "votre demande est refusée" in first
    assert "remplace" not in first
    assert "votre demande est acceptée" in second
    assert "Il remplace celui que vous avez déjà reçu." in second
    watch_clocks(at=NEXT_DAY + timedelta(hours=1))
    assert len(texts(told)) == 2


def test_what_is_withdrawn_is_no_longer_said(told, correct):
    correct(regime="to_validate", validated=())
    watch_clocks(at=NEXT_DAY)
    assert "refusée" not in texts(told)[-1]


def test_another_author_of_the_decision_is_told_too(told, correct):
    correct(appeal="mandatory", appeal_to="la présidence, 1 rue du Lac")
    watch_clocks(at=NEXT_DAY)
    assert "la présidence, 1 rue du Lac" in texts(told)[-1]


def test_a_change_of_mind_within_the_hour_sends_nothing(told, correct):
    correct(regime="silence_acceptance", at=AT)
    watch_clocks(at=AT + timedelta(minutes=59))
    correct(regime="silence_refusal", at=AT + timedelta(minutes=59))
    watch_clocks(at=NEXT_DAY)
    assert len(texts(told)) == 1


def test_who_changes_their_mind_twice_is_followed(told, correct):
    correct(regime="silence_acceptance")
    watch_clocks(at=NEXT_DAY)
    Outgoing.objects.filter(kind="receipt").update(state="sent", sent_at=AT)
    correct(regime="silence_refusal", at=NEXT_DAY)
    watch_clocks(at=NEXT_DAY + timedelta(days=1))
    assert "votre demande est refusée" in texts(told)[-1]
    assert len(texts(told)) == 3


@pytest.mark.parametrize("ends", ["closed", "decided"])
def test_what_is_decided_is_left_alone(told, correct, chloe, ends):
    if ends == "closed":
        close(ticket=Ticket.objects.get(pk=told.pk), outcome="answered", by=chloe, at=AT)
    else:
        Ticket.objects.filter(pk=told.pk).update(decided_on=AT.date())
    correct(regime="silence_acceptance")
    watch_clocks(at=NEXT_DAY)
    assert len(texts(told)) == 1


def test_a_receipt_that_stated_no_sense_is_not_sent_again(make_ticket, chloe, amina, correct):
    correct(regime="to_validate", validated=())
    ticket = make_ticket(person=amina, received_at=AT, is_sensitive=False)
    sort(ticket=ticket, topic=Topic.objects.get(code="velo"), maison=None, by=chloe, at=AT)
    Outgoing.objects.filter(kind="receipt").update(state="sent", sent_at=AT)
    correct(regime="silence_refusal")
    watch_clocks(at=NEXT_DAY)
    assert len(texts(ticket)) == 1
