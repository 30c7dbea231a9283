"""What an SMS becomes: an order, an answer to us, or a ticket (threats: S04, S05)."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from channels_app.sms.tests.conftest import AMINA, OURS, form
from channels_app.testing import HearingPromises
from requests_app.lib import short_words
from requests_app.lib.short_words import Meaning
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactChoice, ContactPoint, Person
from requests_app.tickets.models import State, Ticket, TicketLink, Touchpoint

pytestmark = pytest.mark.django_db


class TestSmsHears(HearingPromises):
    kind, raw_sample, address = "sms", form(), OURS
    unreadable = b"From=&Body=x"

    @pytest.fixture
    def no_provider(self, settings):
        settings.TWILIO_ACCOUNT_SID = ""


class TestOrders:
    @pytest.mark.parametrize(
        "word", ["STOP", "stop", " Stop ! ", "ARRET", "Arrêt", "arrêt.", "DÉSINSCRIRE", "S.T.O.P"]
    )
    def test_S05_stop_ends_reminders_at_once_opens_nothing_and_is_traced(self, receive_message, amina, word):
        arrival = receive_message(word)
        assert (arrival.state, arrival.touchpoint) == (Arrival.State.DISCARDED, None)
        assert "plus de rappel" in arrival.reason
        assert not amina.contact_points.get(kind="phone").allows(ContactPoint.Use.REMINDER)
        assert ContactChoice.objects.get().value == AMINA
        assert not Ticket.objects.exists()

    @pytest.mark.parametrize("word", ["START", "Reprendre", "unstop"])
    def test_S05_start_brings_reminders_back(self, receive_message, amina, word):
        receive_message("STOP")
        receive_message(word)
        assert amina.contact_points.get(kind="phone").allows(ContactPoint.Use.REMINDER)

    @pytest.mark.parametrize(
        "words",
        [
            *("Arrêt de bus cassé", "Oui", "Yes", "stop stop stop ça suffit", "help please", "aide svp"),
            *("stop aux coupures, j’ai besoin d’aide", "Merci de me rappeler", "cancel please", "merci"),
            *("Arrêtez, il me frappe", "plus de chauffage svp", "Arrêt du rappel de mon rdv"),
        ],
    )
    def test_S05_words_around_it_make_it_a_ticket(self, receive_message, amina, words):
        assert receive_message(words).state == Arrival.State.HEARD
        assert amina.contact_points.get(kind="phone").allows(ContactPoint.Use.REMINDER)

    @pytest.mark.parametrize(
        "words",
        [
            *("STOP merci", "STOP PLEASE", "arrêtez svp", "Stop!!", "Merci d’arrêter", "stop stop"),
            *("Bonjour, arrêtez de m’envoyer des SMS s’il vous plaît", "please stop texting me"),
            *("Je ne veux plus recevoir de messages", "no more texts please", "stop sms merci"),
        ],
    )
    def test_S05_a_polite_stop_is_a_stop(self, receive_message, amina, words):
        arrival = receive_message(words)
        assert (arrival.state, arrival.touchpoint) == (Arrival.State.DISCARDED, None)
        assert not amina.contact_points.get(kind="phone").allows(ContactPoint.Use.REMINDER)

    def test_S05_a_polite_stop_is_said_back(self, receive_message):
        receive_message("STOP merci")  # no word of the provider's: it has not answered it
        assert Outgoing.objects.get().kind == "notice"

    def test_S05_a_word_that_the_provider_obeyed_is_obeyed_here(self, receive_message, amina):
        arrival = receive_message("FIN", OptOutType="STOP")
        assert (arrival.state, arrival.facts["keyword"]) == (Arrival.State.DISCARDED, "STOP")
        assert not amina.contact_points.get(kind="phone").allows(ContactPoint.Use.REMINDER)
        assert not Outgoing.objects.exists()

    def test_S05_what_it_took_for_one_inside_a_real_message_is_a_ticket(self, receive_message):
        heard = receive_message("stop aux coupures, j’ai besoin d’aide", OptOutType="STOP")
        assert heard.state == Arrival.State.HEARD

    def test_S05_a_yes_that_the_provider_knows_means_start_only_after_stop(self, receive_message):
        assert receive_message("OUI", OptOutType="START").state == Arrival.State.HEARD
        receive_message("STOP")
        assert receive_message("OUI", OptOutType="START").state == Arrival.State.DISCARDED

    def test_S05_what_the_provider_answers_is_not_answered_again(self, receive_message):
        receive_message("STOP")
        receive_message("ARRET", sender="+33612345678", OptOutType="STOP")
        assert not Outgoing.objects.exists()

    def test_S05_what_it_does_not_answer_is_said_back_once(self, receive_message):
        receive_message("ARRÊT")
        receive_message("Arret")
        (outgoing,) = Outgoing.objects.all()
        assert (outgoing.kind, outgoing.channel, outgoing.recipient) == ("notice", "sms", AMINA)
        assert "plus de rappel" in outgoing.payload["text"]

    def test_S05_yes_means_start_only_after_stop(self, receive_message, amina):
        receive_message("STOP")
        assert receive_message("YES").state == Arrival.State.DISCARDED
        assert amina.contact_points.get(kind="phone").allows(ContactPoint.Use.REMINDER)

    def test_S05_help_gives_the_telephone(self, receive_message, settings):
        receive_message("Aide ?")
        assert settings.AUTHORITY_PHONE in Outgoing.objects.get().payload["text"]

    def test_S05_a_robot_without_a_number_gives_no_orders(self, receive_message):
        assert receive_message("STOP", sender="AMELI").state == Arrival.State.HEARD


class TestWordsOfRooms:
    @pytest.fixture
    def only_here(self):
        """No room but the test's understands a word."""
        with short_words.HANDLERS.isolate(empty=True):
            yield

    def test_S05_a_room_that_knows_the_word_joins_it_and_acts(
        self, receive_message, make_ticket, amina, only_here
    ):
        ticket, acted = make_ticket(person=amina), []
        meaning = Meaning(ticket.reference, "Rendez-vous confirmé.", lambda pk, at: acted.append(pk))
        short_words.register(["OUI"], lambda number, word, at: meaning if number == AMINA else None)
        touchpoint = receive_message("oui !").touchpoint
        assert (touchpoint.ticket, acted) == (ticket, [touchpoint.pk])
        assert "Rendez-vous confirmé." in touchpoint.remarks
        assert receive_message("oui", sender="+33612345678").touchpoint.ticket != ticket

    def test_a_room_that_doubts_is_asked_first_and_settles_the_message(
        self, receive_message, make_ticket, amina, only_here
    ):
        ticket = make_ticket(person=amina)
        doubt = Meaning(ticket.reference, "Laquelle ?", is_settled=True)
        short_words.register(["OUI"], lambda number, word, at: Meaning(ticket.reference, "Confirmé."))
        with short_words.DOUBTS.isolate(empty=True):
            short_words.register_doubt(["OUI"], lambda number, word, at: doubt)
            touchpoint = receive_message("oui").touchpoint
        assert touchpoint.remarks == ["Laquelle ?"]
        assert touchpoint.facts["is_settled"] is True


class TestJoining:
    @pytest.fixture
    def told(self, make_ticket, make_touchpoint, amina):
        """A ticket born of a mail, about which we sent an SMS to Amina."""

        def tell(at=None, state="sent", **fields):
            ticket, at = make_ticket(person=amina, **fields), at or timezone.now()
            outgoing = Outgoing.objects.create(
                key=f"reminder:{ticket.reference}:{AMINA}:sms",
                kind="reminder",
                channel="sms",
                recipient=AMINA,
                message_id=ticket.reference,
                payload={"text": "x"},
                state=state,
                reason="x" if state in {"failed", "refused"} else "",
                created_at=at,
                try_after=at,
                give_up_at=at,
            )
            make_touchpoint(ticket, channel="sms", direction="out", sender=AMINA, outgoing=outgoing)
            return ticket

        return tell

    def test_S04_an_answer_to_our_last_sms_joins_its_ticket_whatever_its_channel(self, receive_message, told):
        told()
        last = told()
        touchpoint = receive_message("Je serai en retard").touchpoint
        assert touchpoint.ticket == last
        assert "dernier SMS" in touchpoint.facts["why"][-1]

    def test_S04_after_thirty_days_it_is_only_proposed(self, receive_message, told):
        ticket = told(at=timezone.now() - timezone.timedelta(days=31))
        arrival = receive_message("Bonjour")
        assert arrival.touchpoint.ticket != ticket
        link = TicketLink.objects.get(from_ticket=arrival.touchpoint.ticket)
        assert (link.to_ticket, link.kind, link.is_accepted) == (ticket, "proposed", None)

    @pytest.mark.parametrize("state", ["failed", "refused"])
    def test_S04_an_sms_that_never_arrived_is_not_answered(self, receive_message, told, state):
        ticket = told(state=state)
        assert receive_message("Bonjour").touchpoint.ticket != ticket

    def test_S04_a_number_shared_by_a_family_joins_nothing_and_names_nobody(
        self, receive_message, told, make_person, share_contact
    ):
        ticket = told()
        share_contact(make_person(given_name="Zoé"), AMINA)
        new = receive_message("Bonjour").touchpoint.ticket
        assert (new == ticket, new.person) == (False, None)
        assert TicketLink.objects.filter(from_ticket=new, to_ticket=ticket, is_accepted=None).exists()

    def test_S04_the_only_open_ticket_that_knows_it_as_verified(self, receive_message, make_ticket, amina):
        amina.contact_points.filter(kind="phone").update(verified_at=timezone.now())
        ticket = make_ticket(person=amina)
        make_ticket(person=amina, state=State.CLOSED)
        assert receive_message("Bonjour").touchpoint.ticket == ticket

    def test_S04_unverified_or_one_of_two_is_only_proposed(self, receive_message, make_ticket, amina):
        make_ticket(person=amina)
        first = receive_message("Bonjour").touchpoint.ticket
        assert first.links.count() == 1
        amina.contact_points.filter(kind="phone").update(verified_at=timezone.now())
        Outgoing.objects.update(state="failed", reason="x")
        second = receive_message("Encore").touchpoint.ticket
        assert second not in {first}
        assert second.links.filter(kind="proposed").count() == 2

    def test_S04_an_answer_opens_a_closed_ticket_again(self, receive_message, told):
        ticket = told(state="delivered")
        Ticket.objects.filter(pk=ticket.pk).update(
            state=State.CLOSED, closed_at=timezone.now(), outcome="answered"
        )
        receive_message("Il manque quelque chose")
        assert Ticket.objects.get(pk=ticket.pk).state == State.OPEN

    def test_S04_the_answer_never_quotes_the_case(self, receive_message, make_ticket, amina):
        make_ticket(person=amina, subject="RSA suspendu")
        receive_message("Ma fille a été frappée, référence")
        text = Outgoing.objects.get().payload["text"]
        for word in ("RSA", "frappée", "Amina", "Benali"):
            assert word not in text

    def test_S04_a_stranger_becomes_a_person_once(self, receive_message):
        receive_message("Bonjour", sender="+33612345678")
        assert Person.objects.get().contact_points.get().value == "+33612345678"

    def test_a_stranger_who_says_their_name_is_called_so(self, receive_message):
        ticket = receive_message(
            "bonjour je suis Aminata Traoré, ou en est mon dossier", sender="+33612345678"
        ).touchpoint.ticket
        person = Person.objects.get()
        assert (person.given_name, person.family_name, ticket.sender) == (
            "Aminata",
            "Traoré",
            "Aminata Traoré",
        )

    def test_S04_a_number_typed_in_the_words_only_proposes(self, receive_message, make_ticket):
        ticket = make_ticket()
        new = receive_message(
            f"au sujet de {ticket.reference.lower()}", sender="+33612345678"
        ).touchpoint.ticket
        assert TicketLink.objects.get(from_ticket=new).to_ticket == ticket


class TestOddTexts:
    @pytest.mark.parametrize(
        "text", ["🙏🏽👨‍👩‍👧", "", "a" * 1600, "é" * 1600, "x\0y", "ligne\r\nligne", "%00%"]
    )
    def test_S05_is_kept_whole(self, receive_message, text):
        touchpoint = receive_message(text).touchpoint
        assert touchpoint.text == text.replace("\0", "").replace("\r\n", "\n")

    def test_S05_an_image_is_told(self, receive_message):
        assert "image" in receive_message("voir photo", NumMedia="1").touchpoint.remarks[0]

    def test_I2_other_words_under_one_id_are_both_read_by_the_agent(self, call, territory):
        for words in ("Bonjour", "Rappelez-moi", "Bonjour"):
            call("inbound", MessageSid="SM1", From=AMINA, To=OURS, Body=words)
        intake.sweep(at=timezone.now() + timezone.timedelta(minutes=1))
        first, second = Touchpoint.objects.filter(direction="in").order_by("pk")
        assert (first.text, second.text) == ("Bonjour", "Rappelez-moi")
        assert (first.remarks, "les deux sont gardés" in second.remarks[0]) == ([], True)
        assert first.ticket == second.ticket

    def test_our_own_message_coming_back_is_noise(self, receive_message):
        assert receive_message("Bonjour", sender=OURS).state == Arrival.State.DISCARDED


@pytest.mark.django_db(transaction=True)
def test_S05_ten_parts_at_once_out_of_order_make_one_demand_and_lose_nothing(territory):
    parts = [4, 1, 9, 0, 2, 8, 3, 7, 5, 6]
    kept = [
        intake.store_unqueued(
            channel="sms", address=OURS, raw=form(f"({n}/10)"), source="t", at=timezone.now(), key=f"SM{n}"
        ).arrival_id
        for n in parts
    ]

    def work(ids):
        for pk in ids:
            intake.process(arrival_id=pk, at=timezone.now())
        connection.close()

    workers = [threading.Thread(target=work, args=(kept[n::4],)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (Ticket.objects.count(), Person.objects.count()) == (1, 1)
    said = Touchpoint.objects.filter(direction="in").values_list("text", flat=True)
    assert sorted(said) == sorted(f"({n}/10)" for n in range(10))
    assert Outgoing.objects.count() == 1
