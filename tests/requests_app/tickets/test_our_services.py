"""A service of ours is no other body: its own sentence, and the receipt and the clock stay ours (L114-2)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.portal.progress import sentence_of
from channels_app.portal.standing import facts_of
from requests_app.answers.management.commands.load_answer_models import FILE
from requests_app.catalog.models import CompetentBody, Topic
from requests_app.outbox import preflight
from requests_app.outbox.models import Outgoing
from requests_app.tickets.errors import Refused
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.messages.law_block import law_of
from requests_app.tickets.models import Ticket
from requests_app.tickets.services import change_topic, close, note_first_received, receive, transfer

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(minutes=11)
JOINED = ("topic", "maison__commune", "person")


@pytest.fixture
def passed_on(lyon_8, chloe):
    """A request by mail, given to the body of a topic of this regime."""

    def make(code="voirie", regime="silence_refusal", first_on=None, language="", **fields):
        Topic.objects.filter(code=code).update(regime=regime, to_validate=[], sensitivity="normal", **fields)
        body = Topic.objects.get(code=code).competent_body
        CompetentBody.objects.update_or_create(name=body, defaults={"mail": "service@exemple.fr"})
        said = InboundMessage(
            channel="mail",
            occurred_at=NOW,
            text=f"Bonjour, je vous écris pour une affaire {code} {regime}.",
            sender_kind="email",
            sender_value="samira@exemple.fr",
            sender_name="Samira Benali",
            mailboxes=("mdm.lyon8-est@grandlyon.com",),
        )
        ticket = receive(said, at=NOW).ticket
        change_topic(ticket=ticket, topic=Topic.objects.get(code=code), by=chloe, at=NOW)
        if first_on:
            note_first_received(ticket=ticket, first_on=first_on, by=chloe, at=NOW)
        Ticket.objects.filter(pk=ticket.pk).update(language=language)
        ticket.refresh_from_db()
        transfer(ticket=ticket, by=chloe, at=NOW)
        return Ticket.objects.select_related(*JOINED).get(pk=ticket.pk)

    return make


def told(ticket, kind="transfer"):
    return Outgoing.objects.filter(touchpoint__ticket=ticket, kind=kind).latest("pk")


class TestOurs:
    def test_L114_2_the_notice_has_its_own_sentence(self, passed_on):
        ticket = passed_on()
        text = told(ticket).payload["text"]
        assert f"à un autre service de la Métropole : {ticket.transfer_body}." in text
        assert "La date de votre demande ne change pas." in text
        assert "autre organisme" not in text
        assert "le délai compte depuis" not in text

    def test_L114_2_in_english_too(self, passed_on):
        text = told(passed_on(language="en")).payload["text"]
        assert "another department" in text
        assert "demande" not in text.replace("@demande.invalid", "")

    def test_R112_5_its_receipt_is_ours_and_still_true_when_it_leaves(self, passed_on):
        ticket = passed_on()
        receipt = told(ticket, "receipt")
        assert "votre demande est refusée" in receipt.payload["text"]
        assert not preflight.obstacle(receipt, LATER)

    def test_its_page_keeps_the_clock_and_speaks_of_no_other_body(self, passed_on):
        ticket = passed_on()
        assert "votre demande est refusée" in law_of(ticket)
        assert sentence_of(ticket) == "Un autre de nos services étudie votre demande"
        [fact] = facts_of(ticket, NOW)
        assert fact.strong == f"Confiée à un autre service : {ticket.transfer_body}."

    def test_A03_a_reserved_one_names_no_service(self, passed_on):
        ticket = passed_on()
        ticket.is_sensitive = True
        [fact] = facts_of(ticket, NOW)
        assert ticket.transfer_body not in f"{fact.strong}{fact.text}"


class TestAnother:
    def test_L114_3_the_notice_says_from_when_the_delay_counts(self, passed_on):
        text = told(passed_on("caf")).payload["text"]
        assert "à un autre organisme" in text
        assert "le délai compte depuis le" in text

    def test_L114_3_from_the_day_of_the_first_administration(self, passed_on):
        first = timezone.localdate() - timedelta(days=9)
        text = told(passed_on("caf", first_on=first)).payload["text"].replace("\xa0", " ")
        assert f" {'1er' if first.day == 1 else first.day} " in text.split("compte depuis le ")[1]

    def test_its_page_promises_no_silence_of_ours(self, passed_on):
        ticket = passed_on("caf")
        assert "Sans réponse" not in law_of(ticket)
        waiting = Outgoing.objects.filter(touchpoint__ticket=ticket, kind="receipt", state="queued")
        assert all(preflight.obstacle(each, LATER) for each in waiting)


class TestOriented:
    @pytest.mark.parametrize("channel", ["mail", "portal", "letter"])
    def test_L114_2_nobody_is_sent_away_with_a_written_request(self, make_ticket, chloe, channel):
        ticket = make_ticket(topic="caf", channel=channel)
        with pytest.raises(Refused, match="Transmettez-la"):
            close(ticket=ticket, outcome="oriented", by=chloe, at=NOW)
        close(ticket=ticket, outcome="oriented", reason="Simple question", by=chloe, at=NOW)

    @pytest.mark.parametrize(("topic", "channel"), [("caf", "phone"), ("rsa-demande", "mail")])
    def test_what_was_only_said_or_is_ours_may_be(self, make_ticket, chloe, topic, channel):
        close(ticket=make_ticket(topic=topic, channel=channel), outcome="oriented", by=chloe, at=NOW)


def test_L114_2_no_model_of_answer_sends_a_person_to_another_body():
    words = FILE.read_text().lower()
    assert "contactez" not in words
    assert "nous lui transmettons votre demande" in words
