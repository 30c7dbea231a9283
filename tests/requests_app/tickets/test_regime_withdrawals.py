"""A legal reviewer takes a confirmation back: the values stay, nothing definite is printed (R112-5)."""

from datetime import UTC, datetime, timedelta

import pytest

from requests_app.catalog.models import RegimeChange, Topic
from requests_app.outbox.models import Outgoing
from requests_app.tickets.deadlines import silence_of
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.models import Ticket
from requests_app.tickets.services import sort
from requests_app.tickets.services.legal_watch import watch_clocks
from requests_app.tickets.services.regime_withdrawals import count_told, withdraw_confirmation
from requests_app.tickets.services.regimes import last_change

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
PAGE = "/regimes/velo/"
WHY = "Un décret change ce sens."


@pytest.fixture
def velo(jurist, territory):
    confirmed = {"validated_by": jurist, "validated_on": AT.date(), "to_validate": ["delay_days"]}
    law = {"regime": "silence_refusal", "appeal": "gracious", "sensitivity": "normal"}
    Topic.objects.filter(code="velo").update(**law, **confirmed)
    return Topic.objects.get(code="velo")


def withdraw(topic, by, *parts, reason=WHY, last=None):
    last = last_change(topic) if last is None else last
    withdraw_confirmation(topic=topic, parts=parts, reason=reason, last=last, by=by, at=AT)
    topic.refresh_from_db()


def test_nothing_definite_is_printed_and_the_reason_is_kept(velo, jurist, make_ticket):
    withdraw(velo, jurist, "regime")
    assert (velo.regime, velo.settled_regime, velo.parts_to_validate) == (
        "silence_refusal",
        "none",
        ["regime"],
    )
    assert "delay_days" in velo.to_validate
    assert velo.validated_by == jurist  # the appeal stays confirmed
    [change] = RegimeChange.objects.all()
    assert (change.by, change.reason, change.validated) == (jurist, WHY, [])
    assert silence_of(make_ticket(topic="velo", received_at=AT)) is None


def test_with_both_parts_nobody_vouches_for_it(velo, jurist):
    withdraw(velo, jurist, "regime", "appeal")
    assert (velo.validated_by, velo.validated_on, velo.is_appeal_settled) == (None, None, False)


def test_who_holds_a_receipt_is_counted_and_told_again(velo, jurist, make_ticket, chloe, amina):
    ticket = make_ticket(person=amina, received_at=AT, is_sensitive=False, state="to_sort")
    sort(ticket=ticket, topic=velo, maison=ticket.maison, reason="Son secteur", by=chloe, at=AT)
    assert count_told(velo) == 0  # it waits to leave
    Outgoing.objects.filter(kind=Outgoing.Kind.RECEIPT).update(state="sent")
    assert count_told(velo) == 1
    withdraw(velo, jurist, "regime")
    watch_clocks(at=AT + timedelta(hours=2))
    last = Outgoing.objects.filter(kind=Outgoing.Kind.RECEIPT).order_by("pk").last()
    assert last.payload["regime"] == "none"
    Ticket.objects.filter(pk=ticket.pk).update(state="closed", outcome="answered", closed_at=AT)
    assert count_told(velo) == 0


@pytest.mark.parametrize("parts", [(), ("regime", "delay_days"), ("nothing",)])
def test_only_what_is_confirmed(velo, jurist, parts):
    with pytest.raises(Refused):
        withdraw(velo, jurist, *parts)


@pytest.mark.parametrize("reason", ["", "  "])
def test_not_without_a_reason(velo, jurist, reason):
    with pytest.raises(Refused):
        withdraw(velo, jurist, "regime", reason=reason)


def test_whoever_comes_second_is_told_so(velo, jurist):
    withdraw(velo, jurist, "regime")
    with pytest.raises(Refused):
        withdraw(velo, jurist, "appeal", last=0)


def test_A09_nobody_else_may(velo, admin, chloe):
    for other in (admin, chloe):
        with pytest.raises(NotAllowed):
            withdraw(velo, other, "regime")


class TestPage:
    def test_takes_it_back_and_shows_the_reason(self, velo, jurist, client_of):
        desk = client_of(jurist)
        assert "Je ne valide plus" in desk.get(PAGE).content.decode()
        data = {"last": "0", "parts": ["regime"], "reason": WHY}
        assert desk.post(f"{PAGE}ne-plus-valider/", data).url == PAGE
        page = desk.get(PAGE).content.decode().replace("\xa0", " ")
        assert "Sens et délai à valider" in page
        assert WHY in page

    def test_keeps_what_was_typed(self, velo, jurist, client_of):
        answer = client_of(jurist).post(f"{PAGE}ne-plus-valider/", {"last": "0", "reason": WHY})
        assert (answer.status_code, WHY in answer.content.decode()) == (422, True)
        velo.refresh_from_db()
        assert velo.parts_to_validate == []

    def test_A09_an_administrator_is_not_offered_it(self, velo, admin, client_of):
        desk = client_of(admin)
        assert "Je ne valide plus" not in desk.get(PAGE).content.decode()
        data = {"last": "0", "parts": ["regime"], "reason": WHY}
        assert desk.post(f"{PAGE}ne-plus-valider/", data).status_code == 403
