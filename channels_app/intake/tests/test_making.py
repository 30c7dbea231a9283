"""« En faire une demande » : whatever was set aside can become a ticket, once, and go back (threats: N01)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from channels_app.intake import services
from channels_app.intake.models import Arrival
from requests_app.access.models import Reading
from requests_app.accounts.models import Role
from requests_app.answers.models import Draft
from requests_app.outbox.models import Outgoing
from requests_app.people.models import Person
from requests_app.tickets.models import Attachment, Event, Ticket, Touchpoint
from requests_app.tickets.services import add_note, take

PAGE = "/quarantaine/"
FROM = b"From: Amina Benali <amina@exemple.fr>\r\nSubject: Ma facture\r\nMessage-ID: <a@exemple.fr>\r\n"
ABSENT = FROM + b"Auto-Submitted: auto-replied\r\n\r\nJe suis absente, et on me coupe lundi.\r\n"
MANY = (
    FROM
    + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    + (b"--b\r\n\r\nOn me coupe lundi.\r\n" + b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n" * 600 + b"--b--")
)
REASON = "Absence : une réponse automatique."

pytestmark = pytest.mark.django_db


@pytest.fixture
def central_client(client_of, central):
    return client_of(central)


@pytest.fixture
def aside(territory, make_arrival):
    """A mail put aside by a rule a day ago."""
    ended = timezone.now() - timedelta(days=1)
    facts = {"from": "amina@exemple.fr", "subject": "Ma facture", "words": "Je suis absente"}
    return make_arrival(raw=ABSENT, state="discarded", reason=REASON, ended_at=ended, facts=facts)


def make(client, arrival, query=""):
    return client.post(reverse("intake:make_ticket", args=[arrival.pk]) + query)


def unmake(client, arrival, query=""):
    return client.post(reverse("intake:unmake_ticket", args=[arrival.pk]) + query)


def balance():
    return services.reconcile(at=timezone.now())


class TestMaking:
    def test_N01_what_a_rule_put_aside_becomes_a_ticket_with_the_mail_as_a_file(
        self, central_client, central, aside
    ):
        answer = make(central_client, aside)
        assert answer.url == f"{PAGE}{aside.pk}/?faite={aside.pk}"
        ticket, touchpoint = Ticket.objects.get(), Touchpoint.objects.get()
        assert (ticket.channel, ticket.state, ticket.subject) == ("mail", "to_sort", "Ma facture")
        assert touchpoint.text.strip() == "Je suis absente, et on me coupe lundi."
        assert (touchpoint.sender, ticket.person) == ("amina@exemple.fr", None)
        file = Attachment.objects.get()
        assert (file.name, bytes(file.file.read())) == (f"courriel-{aside.pk}.eml", ABSENT)
        page = central_client.get(answer.url).content.decode()
        assert f"Demande {ticket.reference} créée." in page

    def test_N01_what_passes_our_limits_keeps_its_header_its_first_words_and_itself(
        self, central_client, territory
    ):
        stored = services.store_unqueued(
            channel="mail", address="a@x.fr", raw=MANY, source="test", at=timezone.now()
        )
        assert services.process(arrival_id=stored.arrival_id, at=timezone.now()) == "quarantined"
        arrival = Arrival.objects.get()
        reason = arrival.reason
        make(central_client, arrival)
        touchpoint = Touchpoint.objects.get()
        assert (touchpoint.subject, touchpoint.text.strip()) == ("Ma facture", "On me coupe lundi.")
        assert reason in touchpoint.remarks
        assert Attachment.objects.get().size == len(MANY)

    def test_I2_the_count_stays_right_and_the_reason_stays(self, central_client, central, aside):
        make(central_client, aside)
        aside.refresh_from_db()
        assert (aside.state, aside.reason, aside.ended_by) == ("heard", REASON, central)
        assert (balance().heard, balance().discarded, balance().gap) == (1, 0, 0)

    def test_its_history_says_who_and_why(self, central_client, central, aside):
        make(central_client, aside)
        event = Event.objects.get()
        assert (event.kind, event.by, event.data["reason"]) == ("salvaged", central, REASON)
        page = central_client.get(f"/demandes/{Ticket.objects.get().reference}/").content.decode()
        assert "a fait cette demande d’un message gardé à part" in page
        assert REASON in page.replace("\u00a0", " ")

    def test_nothing_leaves_by_itself(self, central_client, aside):
        make(central_client, aside)
        assert not Outgoing.objects.exists()
        assert "aucun accusé de réception" in Touchpoint.objects.get().remarks[-1]

    def test_M09_nobody_is_taken_for_its_author(self, central_client, aside, make_person):
        amina = make_person(given_name="Amina", email="amina@exemple.fr")
        make(central_client, aside)
        ticket = Ticket.objects.get()
        assert ticket.person is None
        assert list(Person.objects.all()) == [amina]
        page = central_client.get(f"/demandes/{ticket.reference}/").content.decode()
        assert "Amina" in page

    def test_M17_the_mail_waits_for_the_antivirus_like_any_file(self, central_client, aside, settings):
        settings.CLAMAV_URL = "tcp://127.0.0.1:9"
        make(central_client, aside)
        assert Attachment.objects.get().control == Attachment.Control.WAITING

    def test_N12_a_danger_is_heard_there_too_and_the_way_back_stays(
        self, central_client, territory, make_arrival
    ):
        arrival = make_arrival(raw=FROM + b"\r\nMon mari me frappe, j'ai peur.\r\n")
        make(central_client, arrival)
        ticket = Ticket.objects.get()
        assert (ticket.marks, ticket.priority) == (["danger"], "urgent")
        assert not Outgoing.objects.exists()
        unmake(central_client, arrival)
        assert not Ticket.objects.exists()

    @pytest.mark.parametrize(
        ("channel", "raw", "text"),
        [
            ("sms", b"MessageSid=SM1&From=%2B33639981234&To=1&Body=STOP", "STOP"),
            ("sms", b"ceci n est pas un appel", "ceci n est pas un appel"),
            ("portal", b'{"kind":"x","texte":"On me coupe"}', '{"kind":"x","texte":"On me coupe"}'),
            ("letter", b"\xff\x00\x01", "□□"),
            ("chat", "Bonjour é".encode(), "Bonjour é"),
            ("mail", b"", ""),
        ],
    )
    def test_N01_every_channel_even_what_none_reads(
        self, central_client, territory, make_arrival, channel, raw, text
    ):
        make(central_client, make_arrival(channel=channel, raw=raw))
        assert text in Touchpoint.objects.get().text
        assert Ticket.objects.get().channel == channel
        assert balance().is_right

    @pytest.mark.parametrize("broken", ["salvage_from", "as_text"])
    def test_N01_what_broke_its_hearing_does_not_break_this(self, central_client, aside, monkeypatch, broken):
        def breaks(*_given, **_more):
            raise ValueError

        for name in {"salvage_from", broken}:
            monkeypatch.setattr(f"channels_app.intake.services.salvaging.{name}", breaks)
        make(central_client, aside)
        said = {"salvage_from": "on me coupe lundi.", "as_text": "Il est dans le fichier joint."}[broken]
        assert said in Touchpoint.objects.get().text
        assert bytes(Attachment.objects.get().file.read()) == ABSENT
        assert balance().is_right

    def test_what_nothing_can_take_in_is_said_in_words(self, central_client, aside, monkeypatch):
        def full(*_given, **_more):
            raise OSError

        monkeypatch.setattr("requests_app.tickets.services.touchpoints.attach", full)
        page = central_client.get(make(central_client, aside).url).content.decode()
        assert "Prévenez l’équipe technique." in page
        assert (Ticket.objects.count(), balance().discarded) == (0, 1)

    def test_an_sms_obeyed_as_an_order_keeps_its_number(self, central_client, territory, make_arrival):
        make(central_client, make_arrival(channel="sms", raw=b"From=%2B33639981234&Body=STOP"))
        assert Touchpoint.objects.get().sender == "+33639981234"
        assert not Attachment.objects.exists()


class TestOnce:
    def test_I3_pressed_twice_or_by_two_agents_is_one_ticket(
        self, central_client, client_of, second_central, aside
    ):
        for client in (central_client, central_client, client_of(second_central)):
            assert make(client, aside).status_code == 302
        assert (Ticket.objects.count(), Touchpoint.objects.count(), Event.objects.count()) == (1, 1, 1)
        assert balance().is_right

    @pytest.mark.parametrize("state", ["pending", "heard"])
    def test_what_is_read_or_being_read_is_refused_in_words(
        self, central_client, make_arrival, make_touchpoint, make_ticket, state
    ):
        words = make_touchpoint(make_ticket(text=None)) if state == "heard" else None
        arrival = make_arrival(state=state, reason="", touchpoint=words)
        before = Ticket.objects.count()
        page = central_client.get(make(central_client, arrival).url).content.decode()
        assert "Ce message n’attend plus de décision." in page
        assert Ticket.objects.count() == before


@pytest.fixture
def second_central(make_agent):
    return make_agent("zoe", (Role.CASE_HANDLER, None), given_name="Zoé", family_name="Roy")


@pytest.mark.django_db(transaction=True)
def test_I3_ten_presses_at_once_are_one_ticket(aside, central):
    def press(_n):
        client = Client()
        try:
            client.force_login(central)
            return make(client, aside).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(press, range(10))) == [302] * 10
    assert (Ticket.objects.count(), Touchpoint.objects.count(), Attachment.objects.count()) == (1, 1, 1)
    assert balance().is_right


class TestUndo:
    def test_the_arrival_is_where_it_was_and_the_ticket_goes(
        self, central_client, aside, django_capture_on_commit_callbacks
    ):
        was = Arrival.objects.values().get(pk=aside.pk)
        make(central_client, aside)
        file = Attachment.objects.get().file
        with django_capture_on_commit_callbacks(execute=True):
            answer = unmake(central_client, aside)
        assert Arrival.objects.values().get(pk=aside.pk) == was
        assert not Ticket.objects.exists()
        assert not file.storage.exists(file.name)
        assert balance().is_right
        assert "Demande annulée." in central_client.get(answer.url).content.decode()

    def test_who_put_it_aside_is_named_again(self, central_client, central, chloe, make_arrival, territory):
        arrival = make_arrival(raw=ABSENT, state="discarded", reason="Pub", ended_by=chloe)
        make(central_client, arrival)
        unmake(central_client, arrival)
        arrival.refresh_from_db()
        assert (arrival.state, arrival.ended_by) == ("discarded", chloe)

    def test_it_can_be_made_again(self, central_client, aside):
        for _ in range(2):
            make(central_client, aside)
            unmake(central_client, aside)
        make(central_client, aside)
        assert Ticket.objects.count() == 1

    def test_twice_is_said_in_words(self, central_client, aside):
        make(central_client, aside)
        unmake(central_client, aside)
        page = central_client.get(unmake(central_client, aside).url).content.decode()
        assert "Cette demande est déjà annulée." in page

    @pytest.mark.parametrize("work", ["taken", "noted", "answered", "drafted"])
    def test_not_once_somebody_works_on_it(self, central_client, central, aside, work, make_touchpoint):
        make(central_client, aside)
        ticket, now = Ticket.objects.get(), timezone.now()
        if work == "taken":
            Ticket.objects.update(state="open")
            ticket.refresh_from_db()
            take(ticket=ticket, by=central, at=now)
        elif work == "noted":
            add_note(ticket=ticket, by=central, text="À rappeler", at=now)
        elif work == "answered":
            make_touchpoint(ticket, text="Une suite")
        else:
            Draft.objects.create(ticket=ticket, author=central, kind="answer", text="Bonjour", updated_at=now)
        assert "Annuler la demande" not in central_client.get(f"{PAGE}{aside.pk}/").content.decode()
        page = central_client.get(unmake(central_client, aside).url).content.decode()
        assert "Un collègue a déjà commencé à suivre cette demande." in page
        assert Ticket.objects.exists()

    def test_later_it_is_offered_on_its_page(self, central_client, aside):
        make(central_client, aside)
        page = central_client.get(f"{PAGE}{aside.pk}/").content.decode()
        assert "Annuler la demande" in page
        assert "Personne ne suit encore cette demande." in page


class TestLists:
    def test_from_a_list_it_stays_on_the_list_and_offers_the_way_back(self, central_client, make_arrival):
        arrival = make_arrival(raw=ABSENT)
        answer = make(central_client, arrival, "?etat=quarantaine&canal=mail")
        assert answer.url == f"{PAGE}?etat=quarantaine&canal=mail&faite={arrival.pk}"
        page = central_client.get(answer.url).content.decode()
        assert f"Demande {Ticket.objects.get().reference} créée." in page
        assert unmake(central_client, arrival, "?etat=quarantaine").url == f"{PAGE}?etat=quarantaine"

    def test_each_line_has_its_button(self, central_client, make_arrival, aside):
        make_arrival()
        for query in ("", "?etat=ecartees"):
            assert "En faire une demande" in central_client.get(f"{PAGE}{query}").content.decode()

    def test_W04_an_unknown_list_is_refused_before_anything_is_done(self, central_client, aside):
        assert make(central_client, aside, "?etat=x").status_code == 400
        assert not Ticket.objects.exists()

    @pytest.mark.parametrize("press", [make, unmake])
    def test_A01_who_may_not_clear_the_quarantine_finds_nothing(self, client_of, chloe, aside, press):
        assert press(client_of(chloe), aside).status_code == 404
        assert Reading.objects.get().was_refused
        assert not Ticket.objects.exists()
