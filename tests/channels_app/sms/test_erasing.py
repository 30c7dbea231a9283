"""SMS that came to their end are deleted at the operator, ours alone, until they are (threats: P03)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.intake import services as intake
from channels_app.sms import checks as sms_checks
from channels_app.sms import erasing, polling, provider
from channels_app.sms.models import Erasures, Pictures
from gru import doctor
from gru.demo.telephone.exchange import IN, OUT
from requests_app.outbox.models import Outgoing
from tests.channels_app.sms.conftest import AMINA, OURS, send

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=4)


def later(**more):
    return timezone.now() + DAYS + timedelta(minutes=1, **more)


def listed(telephone):
    return [text.sid for text in telephone.exchange.newest_first() if not text.is_deleted]


@pytest.fixture
def delivered(telephone, to_send):
    """An SMS of ours that arrived; returns its id at the operator."""

    def make(key="1", state=Outgoing.State.DELIVERED):
        outgoing = to_send(key, f"+3363998{int(key):04}")  # three an hour to one number
        send(outgoing)
        sid = Outgoing.objects.get(pk=outgoing.pk).provider_id
        telephone.exchange.mark(sid, "delivered")
        Outgoing.objects.filter(pk=outgoing.pk).update(state=state)
        return sid

    return make


@pytest.fixture
def received(telephone, territory):
    text = telephone.exchange.add(IN, sender=AMINA, to=OURS, body="Bonjour", status="received")
    polling.poll(at=timezone.now())
    return text.sid


def test_P03_what_came_to_its_end_is_deleted_at_the_operator(telephone, delivered, received):
    delivered()
    assert erasing.erase_old(at=later()) == 2
    assert listed(telephone) == []
    assert erasing.erase_old(at=later()) == 0


def test_the_telephone_that_received_it_keeps_it(telephone, delivered):
    sid = delivered()
    erasing.erase_old(at=later())
    assert telephone.exchange.find(sid) is None
    assert [text.sid for text in telephone.exchange.newest_first()] == [sid]


def test_not_before_its_days(telephone, delivered):
    delivered()
    assert erasing.erase_old(at=timezone.now() + DAYS - timedelta(minutes=1)) == 0
    assert len(listed(telephone)) == 1


def test_never_when_the_site_says_so(telephone, delivered, settings):
    settings.SMS_ERASED_AFTER_DAYS = 0
    delivered()
    assert erasing.erase_old(at=later()) == 0


def test_without_an_account_nothing_is_asked(settings, db):
    settings.TWILIO_ACCOUNT_SID = ""
    assert erasing.erase_old(at=later()) == 0


def test_S02_an_sms_that_we_do_not_hold_stays(telephone, db):
    exchange = telephone.exchange
    exchange.add(IN, sender=AMINA, to=OURS, body="jamais pris", status="received")
    exchange.add(OUT, sender=OURS, to=AMINA, body="d’un autre logiciel", status="delivered")
    assert erasing.erase_old(at=later()) == 0
    assert len(listed(telephone)) == 2


def test_O01_one_that_may_still_leave_stays(telephone, delivered):
    delivered(state=Outgoing.State.UNCERTAIN)
    assert erasing.erase_old(at=later()) == 0


def test_W08_one_whose_pictures_are_to_come_stays(telephone, received, make_ticket, make_touchpoint):
    touchpoint = make_touchpoint(make_ticket())
    when = {"try_after": timezone.now(), "give_up_at": later()}
    waiting = Pictures.objects.create(touchpoint=touchpoint, sid=received, count=1, **when)
    assert erasing.erase_old(at=later()) == 0
    Pictures.objects.filter(pk=waiting.pk).update(ended_at=timezone.now())
    assert erasing.erase_old(at=later()) == 1


def test_one_that_is_not_complete_is_asked_again(telephone, delivered, monkeypatch):
    sid = delivered()
    telephone.exchange.mark(sid, "queued")
    monkeypatch.setattr(erasing, "_settled_ids", lambda _listed: iter([sid]))  # its end comes to us first
    assert erasing.erase_old(at=later()) == 0
    telephone.exchange.mark(sid, "delivered")
    assert erasing.erase_old(at=later()) == 1


def test_F01_a_pass_cut_short_is_taken_up_by_the_next(telephone, delivered, monkeypatch):
    for n in range(4):
        delivered(str(n))
    once, count = provider.erase, iter(range(9))

    def cut(account, sid):
        if next(count) == 2:
            raise SystemExit
        return once(account, sid)

    monkeypatch.setattr(provider, "erase", cut)
    with pytest.raises(SystemExit):
        erasing.erase_old(at=later())
    assert len(listed(telephone)) == 2
    monkeypatch.setattr(provider, "erase", once)
    assert erasing.erase_old(at=later()) == 2
    assert Erasures.objects.get().count == 4


def test_F04_an_operator_that_is_away_is_asked_later(telephone, delivered, caplog):
    delivered()
    telephone.troubles.set("outage", 1)
    assert erasing.erase_old(at=later()) == 0
    telephone.troubles.set("off", 0)
    assert erasing.erase_old(at=later()) == 1
    assert AMINA not in caplog.text


def test_costs_the_same_statements_for_one_as_for_ten(telephone, delivered, django_assert_num_queries):
    for n in range(10):
        delivered(str(n))
    erasing.erase_old(at=later())
    delivered("99")
    with django_assert_num_queries(5):  # ours, theirs, pictures, then the count
        erasing.erase_old(at=later())


def test_F12_what_is_read_again_is_never_deleted_sooner(settings):
    for days, said in ((3, ["gru.E024"]), (1, ["gru.E024"]), (0, []), (4, [])):
        settings.SMS_ERASED_AFTER_DAYS = days
        assert [error.id for error in sms_checks.sms_stay_while_they_are_read_again()] == said


def test_the_doctor_counts_them(telephone, delivered):
    delivered()
    erasing.erase_old(at=timezone.now() + timedelta(days=5))
    Erasures.objects.update(day=timezone.localdate())
    assert "1 SMS effacés chez l’opérateur" in doctor.sms().detail


def test_intake_still_knows_what_was_deleted(telephone, received):
    erasing.erase_old(at=later())
    assert intake.filter_stored(channel="sms", keys=[received]) == {received}
