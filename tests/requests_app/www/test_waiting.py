"""An agent puts somebody on a waiting list, reads how it goes, and takes them off it."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.appointments.models import AppointmentType
from requests_app.lib.local_time import PARIS
from requests_app.outbox.models import Outgoing
from requests_app.waiting_list.models import FreedSlot, Offer, Place

NOW = datetime(2026, 11, 9, 9, 0, tzinfo=PARIS)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def kind(db):
    AppointmentType.objects.update(is_active=False)
    return AppointmentType.objects.create(code="une-heure", label="Une heure", minutes=60)


@pytest.fixture
def ticket(make_ticket, make_person):
    person = make_person(given_name="Awa", family_name="Diop", phone="+33639980001")
    return make_ticket(person=person, topic="rsa-demande", received_at=NOW - DAY)


@pytest.fixture
def post(client_of, chloe, ticket, kind):
    """Chloé presses a button; the answer is the page that follows."""
    client = client_of(chloe)

    def send(name, **fields):
        if name == "ajouter" and not fields.get("rdv"):
            fields = {"sorte": kind.pk, "lieu": ticket.maison_id, **fields}
        answer = client.post(f"/demandes/{ticket.reference}/liste-attente/{name}/", fields, follow=True)
        return answer.content.decode().replace("\u00a0", " ")

    send.client = client
    return send


class TestJoining:
    def test_says_since_when_and_undoes_within_ten_seconds(self, post, ticket):
        said = post("ajouter", du="2026-11-10", au="01/12/2026")
        place = Place.objects.get()
        assert "Mise sur la liste d’attente." in said
        assert "Sur la liste d’attente depuis aujourd’hui" in said
        assert "Pas après mardi 1er décembre" in said
        assert (place.asked_by.username, place.earliest.day, place.latest.month) == ("chloe", 10, 12)
        assert "C’est comme avant." in post("retirer", attente=place.pk)
        place.refresh_from_db()
        assert (place.ended_why, place.ended_by.username) == ("undone", "chloe")

    def test_takes_the_type_and_place_of_an_appointment(self, post, ticket, make_appointment, kind, chloe):
        given = make_appointment(ticket=ticket, agent=chloe, type=kind, starts_at=NOW + 9 * DAY)
        page = f"/demandes/{ticket.reference}/"
        assert "Proposer plus tôt par SMS" in post.client.get(page).content.decode()
        assert "Proposer plus tôt par SMS" not in post("ajouter", rdv=given.pk)
        assert Place.objects.get().type == kind

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"du": "2026-12-02", "au": "2026-12-01"}, "Le dernier jour vient après le premier."),
            ({"au": "demain"}, "Écrivez le jour ainsi"),
        ],
    )
    def test_refuses_in_words(self, post, fields, words):
        assert words in post("ajouter", **fields)
        assert not Place.objects.exists()

    def test_twice_is_once(self, post):
        post("ajouter")
        assert "déjà sur la liste d’attente" in post("ajouter")
        assert Place.objects.count() == 1

    def test_says_what_is_missing_without_a_number(self, post, ticket):
        ticket.person.contact_points.all().delete()
        assert "Ajoutez un numéro" in post("ajouter")

    def test_A01_agents_of_other_places_neither_join_nor_leave(self, post, client_of, elsa, ticket):
        post("ajouter")
        other, address = client_of(elsa), f"/demandes/{ticket.reference}/liste-attente/"
        assert other.post(f"{address}quitter/", {"attente": Place.objects.get().pk}).status_code == 404
        assert Place.objects.open().count() == 1


class TestState:
    @pytest.fixture
    def offer(self, lyon_8, chloe, kind):
        def make(place, hours=0):
            starts_at = NOW + (3 + hours) * DAY
            slot = FreedSlot.objects.create(
                type=kind, maison=lyon_8, agent=chloe, starts_at=starts_at, freed_at=NOW
            )
            row = Outgoing.objects.create(
                key=f"offer:{hours}",
                kind="offer",
                channel="sms",
                recipient="+33639980001",
                message_id=f"offer-{hours}",
                payload={},
                state="sent",
                created_at=NOW,
                try_after=NOW,
                give_up_at=NOW,
                sent_at=NOW,
            )
            ends_at = NOW + timedelta(hours=2)
            return Offer.objects.create(place=place, slot=slot, outgoing=row, offered_at=NOW, ends_at=ends_at)

        return make

    def test_says_the_days_the_offers_and_the_cap(self, post, ticket, offer):
        post("ajouter")
        offer(Place.objects.get())
        page = f"/demandes/{ticket.reference}/"
        said = post.client.get(page).content.decode()
        assert "1 date proposée cette semaine" in said.replace("\u00a0", " ")
        assert "Réponse attendue jusqu’à" in said
        for hours in (1, 2):
            offer(Place.objects.get(), hours)
        assert "La suivante attendra." in post.client.get(page).content.decode()
        Place.objects.update(since=NOW - 9 * DAY)
        Offer.objects.update(offered_at=NOW - 8 * DAY)
        said = post.client.get(page).content.decode().replace("\u00a0", " ")
        assert "Sur la liste d’attente depuis 9 jours" in said
        assert "cette semaine" not in said

    def test_leaving_keeps_the_rank_when_it_is_undone(self, post, clock):
        post("ajouter")
        place = Place.objects.get()
        clock.shift(timedelta(minutes=5))
        assert "Retirée de la liste d’attente." in post("quitter", attente=place.pk)
        post("reprendre", attente=place.pk)
        place.refresh_from_db()
        assert (place.ended_at, place.since) == (None, NOW)

    def test_a_late_undo_of_a_place_is_a_leaving(self, post, clock):
        post("ajouter")
        clock.shift(timedelta(minutes=2))
        post("retirer", attente=Place.objects.get().pk)
        assert Place.objects.get().ended_why == "left"

    def test_costs_nothing_to_those_who_wait_for_nothing(self, post, ticket):
        def count(address):
            with CaptureQueriesContext(connection) as caught:
                post.client.get(address)
            return len(caught)

        page = f"/demandes/{ticket.reference}/"
        count(page)
        before = count(page)
        post("ajouter")
        assert count(page) == before + 1
