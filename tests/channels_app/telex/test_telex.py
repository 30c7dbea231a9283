"""A channel that the product has never heard of goes the whole way: words, answer, receipt, notice."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from channels_app.delivery import services as delivery
from channels_app.delivery.selectors import incidents
from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from channels_app.testing import HearingPromises, SpeakingPromises
from requests_app.answers.recipients import read_recipients
from requests_app.appointments.models import Appointment
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.reminders.ways import ways_to
from requests_app.tickets.models import Ticket, ToDo, Touchpoint
from tests.channels_app.telex.channel import KEY, MAX_LENGTH, TelexOutbound

pytestmark = pytest.mark.django_db
AMINA = "+33639981234"
STATES = Outgoing.State
WORDS = "Où en est mon dossier de logement ?"


class TestTelexHears(HearingPromises):
    kind, raw_sample = KEY, f"{AMINA}\nBonjour".encode()
    unreadable = b"\xff"

    @pytest.fixture
    def no_provider(self, operator):
        operator.is_away = True


class TestTelexSpeaks(SpeakingPromises):
    kind, too_long = KEY, "a" * (MAX_LENGTH + 1)
    contact_kind, reached = ContactPoint.Kind.PHONE, AMINA


def receive_message(text=WORDS, number=AMINA):
    at = timezone.now()
    stored = intake.store_unqueued(
        channel=KEY, address="", raw=f"{number}\n{text}".encode(), source="telex", at=at
    )
    intake.process(arrival_id=stored.arrival_id, at=at)
    return Arrival.objects.select_related("touchpoint__ticket").get(pk=stored.arrival_id)


@pytest.fixture
def ticket(territory, amina, lyon_8):
    """A ticket that a telex opened, at Chloé's Maison."""
    found = receive_message().touchpoint.ticket
    Ticket.objects.filter(pk=found.pk).update(maison=lyon_8)
    return Ticket.objects.get(pk=found.pk)


@pytest.fixture
def page(client_of, chloe, ticket):
    client = client_of(chloe)

    def read():
        return client.get(reverse("backoffice:ticket", args=[ticket.reference])).content.decode()

    return read


def sweep(**later):
    delivery.sweep(at=timezone.now() + timedelta(**later))


def test_words_open_a_ticket_that_is_acknowledged_the_same_way(ticket, operator):
    assert (ticket.channel, ticket.person.full_name) == (KEY, "Amina Benali")
    [acknowledgment] = Outgoing.objects.all()
    assert (acknowledgment.channel, acknowledgment.recipient) == (KEY, AMINA)
    sweep(seconds=1)
    [(number, text)] = operator.accepted.values()
    assert number == AMINA
    assert ticket.reference in text
    assert "{lien}" not in text


def test_the_page_names_it_and_offers_it_first(ticket, page):
    assert [each.channel for each in read_recipients(ticket)] == [KEY, "mail"]
    html = page()
    assert "Télex · 06 39 98 12 34" in html
    assert 'class="ch ch-pink' in html
    assert "Canal inconnu" not in html


def test_an_answer_from_the_page_leaves_by_it_and_its_receipt_is_shown(
    ticket, page, client_of, chloe, operator
):
    sweep(seconds=1)
    fields = {"text": "Il est complet.", "to": f"{KEY}:{AMINA}", "token": "0" * 32, "version": ticket.version}
    posted = client_of(chloe).post(reverse("backoffice:answer", args=[ticket.reference]), fields)
    assert posted.status_code == 302
    answer = Outgoing.objects.get(kind="answer")
    assert (answer.channel, answer.recipient, answer.state) == (KEY, AMINA, STATES.QUEUED)
    sweep(minutes=1)
    answer.refresh_from_db()
    assert (answer.state, answer.provider_id) == (STATES.SENT, f"telex-{answer.pk}")
    assert operator.accepted[answer.provider_id] == (AMINA, "Il est complet.")
    told = delivery.StatusReport(KEY, answer.provider_id, STATES.DELIVERED)
    delivery.receive_receipt(told, at=timezone.now())
    answer.refresh_from_db()
    assert answer.state == STATES.DELIVERED
    assert "Remis" in page()


def test_what_is_too_long_is_refused_in_its_words(ticket, client_of, chloe):
    fields = {"text": "a" * (MAX_LENGTH + 1), "to": f"{KEY}:{AMINA}", "token": "0" * 32, "version": 1}
    fields["version"] = ticket.version
    refused = client_of(chloe).post(reverse("backoffice:answer", args=[ticket.reference]), fields)
    assert refused.status_code == 422
    assert "Un télex est plus court." in refused.content.decode()
    assert not Outgoing.objects.filter(kind="answer").exists()


def test_their_next_words_are_theirs(ticket):
    sweep(seconds=1)
    second = receive_message("Merci, voici la suite de ma question sur le logement.").touchpoint
    assert second.channel == KEY
    assert second.ticket.person == ticket.person


def test_O03_an_operator_that_is_away_is_told_in_words(ticket, operator):
    operator.is_away = True
    for minute in range(6):
        sweep(minutes=minute * 40)
    later = timezone.now() + timedelta(hours=4)
    assert any("Les télex partent avec du retard" in each for each in incidents(later))
    assert Outgoing.objects.get().state == STATES.QUEUED


def test_O06_a_number_that_does_not_receive_is_to_check(ticket, operator):
    sweep(seconds=1)
    sent = Outgoing.objects.get()
    told = delivery.StatusReport(KEY, sent.provider_id, STATES.FAILED, reason="numéro coupé", is_address=True)
    delivery.receive_receipt(told, at=timezone.now())
    assert "ne reçoit pas nos télex : numéro coupé" in ToDo.objects.get(kind="check_contact").text
    mine = next(each for each in read_recipients(ticket) if each.channel == KEY)
    assert "Un télex n’est pas arrivé" in mine.warning


def test_a_reminder_may_take_it_after_the_ways_that_come_first(ticket):
    assert [way.channel for way in ways_to(ticket)] == ["sms", "mail"]
    assert Appointment.objects.count() == 0


def test_the_public_pages_say_what_is_stored_and_where_to_write(client, territory):
    assert "Nous gardons vos télex" in client.get(reverse("public:personal_data")).content.decode()
    assert "Par télex" in client.get(reverse("public:electronic_contact")).content.decode()


def test_staff_lists_and_the_export_know_it(ticket, client_of, chloe, amina):
    client = client_of(chloe)
    assert "Télex" in client.get(reverse("backoffice:triage")).content.decode()
    person = reverse("backoffice:person_page", args=[amina.pk])
    assert WORDS in client.get(person, {"canal": KEY}).content.decode()
    out = StringIO()
    call_command("export_touchpoints", "--channel", KEY, "--format", "json", stdout=out)
    [told] = json.loads(out.getvalue())
    assert (told["from"], told["text"], told["ticket"]) == (AMINA, WORDS, ticket.reference)


def test_once_it_is_gone_its_rows_still_show(ticket, page):
    from requests_app.channels import registry

    registry.unregister(KEY)
    assert "Canal inconnu" in page()
    assert Touchpoint.objects.filter(channel=KEY).exists()


def test_two_ways_out_of_one_kind_do_not_mix(ticket, operator, make_ticket, make_touchpoint, amina):
    by_sms = make_ticket(person=amina, channel="sms", text=None)
    make_touchpoint(by_sms, sender=AMINA)
    assert read_recipients(by_sms)[0].channel == "sms"
    assert isinstance(operator, TelexOutbound)
