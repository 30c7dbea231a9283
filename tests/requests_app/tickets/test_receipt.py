"""The complete acknowledgment: when silence becomes a decision, in which sense, and what can be done."""

import itertools
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from channels_app.delivery import services as delivery
from requests_app.catalog.models import Topic
from requests_app.outbox.models import Outgoing
from requests_app.tickets.deadlines import silence_of
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.messages.service_identity import SECOND_THOUGHTS
from requests_app.tickets.models import Ticket, ToDo
from requests_app.tickets.services import change_topic, close, receive, reopen, reroute, sort, unsort

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + SECOND_THOUGHTS
REFUSAL, ACCEPTANCE, NONE = "silence_refusal", "silence_acceptance", "none"
SECRET = "Je ne paie plus mon loyer depuis mars"


@pytest.fixture
def written(territory):
    ranks = itertools.count(1)

    def make(**facts):
        words = InboundMessage(
            channel="mail",
            occurred_at=NOW,
            text=f"{SECRET} {next(ranks)}",  # the same words again would be one
            sender_kind="email",
            sender_value="samira@exemple.fr",
            sender_name="Samira Benali",
            mailboxes=("mdm.lyon8-est@grandlyon.com",),
            facts={"message_id": "1@exemple.fr", **facts},
        )
        return receive(words, at=NOW).ticket

    return make


@pytest.fixture
def topic(territory):
    def make(regime=REFUSAL, sensitivity="normal", code="velo"):
        Topic.objects.filter(code=code).update(regime=regime, sensitivity=sensitivity)
        return Topic.objects.get(code=code)

    return make


def receipts(ticket, kind="receipt"):
    return list(Outgoing.objects.filter(touchpoint__ticket=ticket, kind=kind).order_by("pk"))


def sorted_as(ticket, topic, by):
    sort(ticket=ticket, topic=topic, maison=None, by=by, at=NOW)
    return receipts(ticket)


class TestClock:
    @pytest.mark.parametrize(
        ("received", "decision"),
        [
            (datetime(2026, 11, 4, 9, tzinfo=UTC), date(2027, 1, 4)),
            (datetime(2026, 12, 31, 9, tzinfo=UTC), date(2027, 2, 28)),
            (datetime(2027, 12, 30, 9, tzinfo=UTC), date(2028, 2, 29)),
            (datetime(2026, 11, 4, 23, 30, tzinfo=UTC), date(2027, 1, 5)),  # already the 5th in Paris
        ],
    )
    def test_silence_is_a_decision_two_months_after_to_the_day(self, topic, received, decision):
        assert silence_of(Ticket(received_at=received, topic=topic())) == decision

    def test_a_topic_without_regime_has_no_such_day(self, topic):
        assert silence_of(Ticket(received_at=NOW, topic=topic(NONE))) is None


class TestWords:
    def test_R112_11_1_of_a_refusal_say_the_day_the_service_and_the_recourse(
        self, written, topic, chloe, lyon_8, settings
    ):
        ticket = written()
        [receipt] = sorted_as(ticket, topic(), chloe)
        text = receipt.payload["text"]
        for words in (
            ticket.reference,
            topic().label,
            "Reçue le",
            "votre demande est refusée",
            settings.APPEAL_COURT,
            "deux mois",
            lyon_8.name,
            lyon_8.address,
            f"Téléphone : {lyon_8.phone}",
        ):
            assert words in text

    def test_R112_11_1_of_an_acceptance_say_the_right_to_an_attestation(self, written, topic, chloe):
        text = sorted_as(written(), topic(ACCEPTANCE), chloe)[0].payload["text"]
        assert "votre demande est acceptée" in text
        assert "L232-3" in text
        assert "tribunal" not in text.lower()

    @pytest.mark.parametrize("level", ["social", "revenus", "sante", "enfance", "protection"])
    def test_a_topic_that_says_something_of_the_person_is_not_named(self, written, topic, chloe, level):
        about = topic(sensitivity=level)
        text = sorted_as(written(), about, chloe)[0].payload["text"]
        assert about.label not in text
        assert "Sujet" not in text
        assert "réservé" not in text

    def test_M12_never_repeat_the_person_s_own_words(self, written, topic, chloe):
        assert SECRET not in str(sorted_as(written(), topic(), chloe)[0].payload)


class TestOnce:
    def test_nothing_when_no_decision_is_expected(self, written, topic, chloe):
        assert sorted_as(written(), topic(NONE), chloe) == []

    def test_a_second_topic_of_the_same_regime_says_nothing_more_once_left(self, written, topic, chloe):
        ticket = written()
        [first] = sorted_as(ticket, topic(), chloe)
        Outgoing.objects.filter(pk=first.pk).update(state="sent")
        change_topic(ticket=ticket, topic=topic(code="caf"), by=chloe, at=LATER)
        assert len(receipts(ticket)) == 1
        change_topic(ticket=ticket, topic=topic(ACCEPTANCE, code="retraite"), by=chloe, at=LATER)
        assert [r.payload["regime"] for r in receipts(ticket)] == [REFUSAL, ACCEPTANCE]

    def test_a_second_thought_changes_what_leaves(self, written, topic, chloe):
        ticket = written()
        sorted_as(ticket, topic(), chloe)
        change_topic(ticket=ticket, topic=topic(code="caf"), by=chloe, at=NOW)
        assert [r.state for r in receipts(ticket)] == ["cancelled", "queued"]
        change_topic(ticket=ticket, topic=topic(NONE, code="retraite"), by=chloe, at=NOW)
        assert [r.state for r in receipts(ticket)] == ["cancelled", "cancelled"]

    def test_another_place_is_the_service_in_charge(self, written, topic, chloe, villeurbanne):
        ticket = written()
        sorted_as(ticket, topic(), chloe)
        reroute(ticket=ticket, maison=villeurbanne, reason="Elle y habite", by=chloe, at=NOW)
        assert villeurbanne.name in receipts(ticket)[-1].payload["text"]

    def test_a_sorting_undone_takes_it_back_and_the_next_one_says_it(self, written, topic, chloe):
        ticket = written()
        sorted_as(ticket, topic(), chloe)
        unsort(ticket=ticket, by=chloe, at=NOW)
        assert [r.state for r in receipts(ticket)] == ["cancelled"]
        assert [r.state for r in sorted_as(ticket, topic(), chloe)] == ["cancelled", "queued"]

    def test_M11_who_must_not_be_answered_is_not(self, written, topic, chloe):
        ticket = written(no_ack=True, no_ack_reason="Liste de diffusion.")
        [receipt] = sorted_as(ticket, topic(), chloe)
        assert (receipt.state, receipt.reason) == ("refused", "Liste de diffusion.")

    def test_N09_no_cap_keeps_it_back(self, written, topic, chloe):
        tickets = [written() for _ in range(6)]
        [*_, last] = [sorted_as(ticket, topic(), chloe) for ticket in tickets]
        assert last[0].state == "queued"
        assert not ToDo.objects.filter(ticket=tickets[-1], key__contains="receipt").exists()

    def test_a_person_without_address_gets_none(self, make_ticket, topic, chloe, amina):
        by_phone = make_ticket(channel="phone", person=None, sender="+33639981234")
        assert sorted_as(by_phone, topic(), chloe) == []
        at_the_desk = make_ticket(channel="frontdesk", person=amina)
        assert sorted_as(at_the_desk, topic(), chloe)[0].recipient == "amina.benali@exemple.fr"

    def test_a_shared_address_is_left_to_an_agent(self, make_ticket, topic, chloe, amina):
        amina.contact_points.update(is_shared=True)
        assert sorted_as(make_ticket(channel="frontdesk", person=amina), topic(), chloe) == []


class TestTransfer:
    def test_L114_2_the_person_is_told_to_whom(self, written, topic, chloe):
        ticket = written()
        ticket.topic = topic()
        ticket.save()
        close(ticket=ticket, outcome="transferred", by=chloe, at=NOW)
        [told] = receipts(ticket, "transfer")
        assert ticket.topic.competent_body in told.payload["text"]
        assert ticket.reference in told.payload["text"]

    def test_what_is_taken_back_in_time_is_not_told(self, written, topic, chloe):
        ticket = written()
        ticket.topic = topic()
        ticket.save()
        close(ticket=ticket, outcome="transferred", by=chloe, at=NOW)
        reopen(ticket=ticket, reason="Par erreur", by=chloe, at=NOW + timedelta(minutes=1))
        assert [told.state for told in receipts(ticket, "transfer")] == ["cancelled"]

    def test_A03_the_body_of_a_sensitive_topic_is_told_by_an_agent_only(self, written, topic, chloe):
        ticket = written()
        ticket.topic, ticket.is_sensitive = topic(sensitivity="enfance"), True
        ticket.save()
        close(ticket=ticket, outcome="transferred", by=chloe, at=NOW)
        assert receipts(ticket, "transfer") == []
        tasks = {task.kind: task.text for task in ToDo.objects.filter(ticket=ticket)}
        assert tasks["acknowledge"] == "Dites à la personne à qui sa demande est transmise."
        assert "transfer" in tasks  # what nobody may mail is given to the body by hand
        assert ticket.topic.competent_body not in " ".join(tasks.values())


@pytest.fixture
def taken(office, monkeypatch):
    """The bytes of each mail, as the sending server received them."""
    kept, put = [], office.shelf.add

    def taken(raw, recipient):
        kept.append(raw)
        put(raw, recipient)

    monkeypatch.setattr(office.shelf, "add", taken)
    return kept


def test_M11_the_bytes_that_the_server_takes_ask_robots_to_keep_quiet(written, topic, chloe, taken):
    sorted_as(written(), topic(), chloe)
    delivery.sweep(at=LATER)
    mails = [message_from_bytes(raw, policy=policy.default) for raw in taken]
    assert len(mails) == 2
    for mail in mails:
        assert mail["Auto-Submitted"] == "auto-replied"
        assert mail["X-Auto-Response-Suppress"] == "All"
        assert mail["Precedence"] == "bulk"
    complete = next(m for m in mails if "complet" in m.get_body(("plain",)).get_content())
    assert complete["In-Reply-To"] == "<1@exemple.fr>"
    assert "refusée" in complete.get_body(("html",)).get_content()
