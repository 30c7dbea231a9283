from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from channels_app.frontdesk.tokens import person_token
from requests_app.access.models import Reading
from requests_app.maisons.opening import PARIS

NOON = datetime(2026, 11, 26, 12, tzinfo=PARIS)


@pytest.fixture
def ask(client_of, bruno):
    def get(name, user=bruno, **params):
        client = client_of(user)
        send = client.post if name in {"persons", "topics"} else client.get
        return send(reverse(f"frontdesk:{name}"), params)

    return get


class TestPersons:
    def test_shows_what_tells_persons_apart_and_a_new_one_last(self, ask, samira):
        page = ask("persons", qui="ben ali 68").content.decode()

        assert "Samira Benali" in page
        assert "1968" in page
        assert "06 ** ** 12 34" in page
        assert "1 demande" in page
        assert page.index("Samira Benali") < page.index("Nouvelle personne « ben ali »")

    def test_a_star_is_somebody_without_a_name(self, ask):
        page = ask("persons", qui="*").content.decode()

        assert "Personne anonyme" in page
        assert "Nouvelle personne" not in page

    def test_A05_shows_nobody_of_another_maison(self, ask, stranger):
        assert "Durand" not in ask("persons", qui="durand").content.decode()
        assert "Zoé Durand" in ask("persons", qui="06 39 98 55 55").content.decode()

    def test_A03_says_neither_that_a_reserved_ticket_is_open_nor_that_none_is(
        self, ask, make_person, make_ticket
    ):
        person = make_person(given_name="Nolwenn", family_name="Le Bihan", phone="+33639987711")
        make_ticket(person=person, topic="enfance-danger")
        page = ask("persons", qui="06 39 98 77 11").content.decode()
        assert "Nolwenn Le Bihan" in page
        assert "demande" not in page.partition("Nouvelle personne")[0]

    def test_A05_finds_by_name_who_came_to_this_counter_today(self, ask, save, stranger, bruno):
        save(qui="Zoé", personne=person_token(stranger.pk, bruno), adresse="69100 Villeurbanne")

        assert "Zoé Durand" in ask("persons", qui="durand").content.decode()

    @pytest.fixture
    def expect(self, make_appointment, make_ticket, chloe, lyon_8):
        """Somebody of another Maison has an appointment here today, in an hour."""

        def give(person, *, hours=1, **fields):
            ticket = fields.pop("ticket", None) or make_ticket(person=person, maison=fields.pop("of", lyon_8))
            return make_appointment(
                ticket=ticket,
                agent=chloe,
                maison_id=lyon_8.pk,
                starts_at=NOON + timedelta(hours=hours),
                **fields,
            )

        return give

    def test_A05_finds_by_name_who_is_expected_here_today(self, ask, stranger, expect, villeurbanne):
        with time_machine.travel(NOON, tick=False):
            assert "Durand" not in ask("persons", qui="durand").content.decode()
            expect(stranger, of=villeurbanne)
            page = ask("persons", qui="durand").content.decode()
        assert "Zoé Durand" in page
        assert "RDV 13 h, Chloé Martin" in page.replace("\u00a0", " ")

    def test_A05_expected_tomorrow_is_not_expected_today(self, ask, stranger, expect, villeurbanne):
        with time_machine.travel(NOON, tick=False):
            expect(stranger, of=villeurbanne, hours=24)
            assert "Durand" not in ask("persons", qui="durand").content.decode()

    def test_who_is_expected_stands_first(self, ask, expect, make_person, make_ticket):
        make_ticket(person=make_person(given_name="Anne", family_name="Morel"))
        zoe = make_person(given_name="Zoé", family_name="Morel")
        with time_machine.travel(NOON, tick=False):
            expect(zoe)
            page = ask("persons", qui="morel").content.decode()
        assert page.index("Zoé Morel") < page.index("Anne Morel")

    def test_A03_says_nothing_of_a_reserved_appointment_beside_a_name(
        self, ask, expect, make_person, make_ticket
    ):
        person = make_person(family_name="Morel")
        with time_machine.travel(NOON, tick=False):
            expect(person, ticket=make_ticket(person=person, topic="enfance-danger"))
            page = ask("persons", qui="morel").content.decode()
        assert "Morel" in page
        assert "RDV" not in page

    def test_costs_the_same_for_one_expected_as_for_five(self, client_of, bruno, make_person, expect):
        client = client_of(bruno)

        def statements(first, last):
            for hours in range(first, last):
                expect(make_person(family_name="Morel"), hours=hours)
            with CaptureQueriesContext(connection) as kept:
                client.post(reverse("frontdesk:persons"), {"qui": "morel"})
            return len(kept)

        with time_machine.travel(NOON, tick=False):
            statements(1, 5)
            assert statements(5, 6) == statements(6, 10)

    def test_costs_the_same_for_one_person_as_for_ten(self, client_of, bruno, make_person, make_ticket):
        client = client_of(bruno)

        def statements(count):
            for _ in range(count):
                make_ticket(person=make_person(family_name="Morel"))
            with CaptureQueriesContext(connection) as kept:
                client.post(reverse("frontdesk:persons"), {"qui": "morel"})
            return len(kept)

        statements(5)
        assert statements(1) == statements(10)


class TestPerson:
    def test_N5_tells_her_open_demands_and_notes_the_reading(self, ask, samira, bruno):
        page = ask("person", personne=person_token(samira.pk, bruno)).content.decode()

        assert "Fonds de solidarité logement" in page
        assert "À trier" in page
        reading = Reading.objects.get()
        assert (reading.kind, reading.subject_id, reading.was_refused) == ("person", samira.pk, False)

    def test_A03_hides_the_topic_of_a_sensitive_one(self, ask, samira, bruno, make_ticket):
        make_ticket(person=samira, topic="enfance-danger")
        page = ask("person", personne=person_token(samira.pk, bruno)).content.decode()

        assert "Motif réservé" in page
        assert "Inquiétude" not in page

    def test_A05_choosing_gives_nothing_of_other_maisons(self, ask, stranger, bruno):
        page = ask("person", personne=person_token(stranger.pk, bruno)).content.decode()

        assert "LYN-" not in page

    def test_A01_a_forged_choice_is_refused_and_noted(self, ask, stranger):
        assert ask("person", personne=f"{stranger.pk}:forged").status_code == 404
        assert Reading.objects.get().was_refused


class TestTopics:
    def test_says_whom_to_call_at_once(self, ask):
        for page in (ask("topics", motif="enfant danger"), ask("about", sujet="enfance-danger")):
            words = page.content.decode()
            assert "119" in words
            assert 'role="alert"' in words

    def test_says_nothing_of_danger_otherwise(self, ask):
        assert "appelez" not in ask("topics", motif="rsa").content.decode()

    def test_M05_a_nul_in_the_topic_is_no_error(self, ask):
        assert ask("about", sujet="rsa\x00").status_code == 200

    def test_says_which_demand_the_visit_joins(self, ask, samira, bruno):
        chosen = {"personne": person_token(samira.pk, bruno), "sujet": "fsl-acces-maintien"}
        page = ask("about", **chosen).content.decode()

        assert "porte déjà sur ce sujet : ce contact y sera joint." in page
        assert "Ouvrir une nouvelle demande" in page
