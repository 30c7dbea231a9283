"""A call enters by the same hands as a visit."""

import uuid

import pytest

from requests_app.catalog.models import Topic
from requests_app.feedback.models import FeltExperience
from requests_app.people.models import ContactPoint, Person
from requests_app.tickets.models import State, Ticket, ToDo, Touchpoint

PAGE = "/accueil/?pour=appel"
PERSONS = "/accueil/personnes/"


class TestSaving:
    def test_opens_a_ticket_of_its_channel_and_gives_no_number(self, call, client, lyon_8):
        assert call(mot="Rappelle demain").url == PAGE

        ticket = Ticket.objects.get()
        assert (ticket.topic.code, ticket.maison, ticket.channel) == ("rsa-demande", lyon_8, "phone")
        assert Touchpoint.objects.get().text == "Appel reçu.\nRappelle demain"
        page = client.get(PAGE).content.decode()
        assert "Appel noté" in page
        assert "Numéro A" not in page

    def test_closes_what_was_answered_at_once(self, call, bruno):
        call(suite="repondu")

        ticket = Ticket.objects.get()
        assert (ticket.state, ticket.outcome, ticket.closed_by) == (State.CLOSED, "answered", bruno)

    def test_an_agent_notes_a_call_he_made(self, call, samira, chosen):
        before = Ticket.objects.get()
        token = chosen("Samira Benali")
        call(personne=token, sujet="fsl-acces-maintien", sens="passe", mot="A rappelé")

        touchpoint = Touchpoint.objects.get(channel="phone")
        assert (touchpoint.direction, touchpoint.ticket) == ("out", before)
        before.refresh_from_db()
        assert before.excerpt != touchpoint.text, "the list shows the last words of the person, not ours"

    def test_says_a_relay_centre_as_a_flag_and_in_words(self, call):
        call(relais="on")

        touchpoint = Touchpoint.objects.get()
        assert touchpoint.facts["relay"] is True
        assert "centre relais" in touchpoint.text

    @pytest.mark.parametrize(("said", "may"), [("oui", True), ("non", False)])
    def test_keeps_on_the_number_whether_a_message_may_be_left(self, call, samira, chosen, said, may):
        call(personne=chosen("Samira Benali"), message=said)

        point = ContactPoint.objects.get(person=samira)
        assert point.allows(ContactPoint.Use.VOICE_MESSAGE) is may

    def test_the_undo_takes_the_call_and_its_promise_back(self, call, client, tomorrow):
        call(suite="rappel", **tomorrow)
        page = client.get(PAGE)
        answer = client.post("/accueil/annuler/", {"visite": page.context["done"].token}, follow=True)

        assert "Appel annulé." in answer.content.decode()
        assert not Ticket.objects.exists()
        assert not ToDo.objects.exists()

    def test_on_a_demand_that_stays_the_promise_goes_too(self, call, client, samira, chosen, tomorrow):
        token = chosen("Samira Benali")
        call(personne=token, sujet="fsl-acces-maintien", suite="rappel", **tomorrow)
        assert Ticket.objects.get().tasks_count == 1
        page = client.get(PAGE)
        client.post("/accueil/annuler/", {"visite": page.context["done"].token})

        assert Ticket.objects.get().tasks_count == 0
        assert not ToDo.objects.exists()


class TestNumber:
    @pytest.mark.parametrize(
        "typed", ["0639981234", "06.39.98.12.34", "+33 6 39 98 12 34", "0033639981234", "06-39-98-12-34"]
    )
    def test_finds_the_caller_in_any_form(self, client_of, bruno, samira, typed):
        page = client_of(bruno).post(PERSONS, {"qui": typed}).content.decode()

        assert "Samira Benali" in page

    def test_a_shared_phone_gives_candidates(self, client_of, bruno, call, samira, make_person):
        make_person(given_name="Leïla", family_name="Benali", phone="+33639981234")
        answer = call(qui="06 39 98 12 34", personne="")

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Samira Benali" in page
        assert "Leïla Benali" in page

    def test_of_a_new_caller_is_kept(self, call):
        call(qui="Paul Morel 06 39 98 77 66", personne="nouvelle")

        assert ContactPoint.objects.get().value == "+33639987766"
        assert Person.objects.get().full_name == "Paul Morel"
        assert "06 39 98 77 66" in Touchpoint.objects.get().text


class TestPromise:
    def test_is_something_to_do_with_its_instant(self, call, tomorrow):
        call(suite="rappel", **tomorrow)

        task = ToDo.objects.get()
        assert (task.kind, task.due_at.astimezone().strftime("%M")) == ("call", "30")
        assert Ticket.objects.get().tasks_count == 1
        assert "Rappel promis" in Touchpoint.objects.get().text

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({}, "Écrivez le jour et l’heure promis."),
            ({"rappel_le": "2020-01-01", "rappel_a": "10:00"}, "Ce moment est passé"),
            ({"rappel_le": "2120-01-01", "rappel_a": "10:00"}, "plus de trois mois"),
            ({"rappel_le": "bientôt", "rappel_a": "10:00"}, "Écrivez le jour et l’heure promis."),
        ],
    )
    def test_needs_a_moment_to_come(self, call, fields, said):
        answer = call(suite="rappel", **fields)

        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not Ticket.objects.exists()

    def test_without_it_the_moment_is_not_read(self, call):
        call(rappel_le="2020-01-01", rappel_a="10:00")

        assert not ToDo.objects.exists()


class TestSwitch:
    def test_keeps_what_is_typed(self, client_of, bruno):
        typed = {"qui": "Paul", "motif": "Logement", "mot": "Urgent", "suite": "file"}
        page = client_of(bruno).post("/accueil/changer/?pour=appel", typed, headers={"HX-Request": "true"})

        html = page.content.decode()
        assert "Nouvel appel" in html
        assert 'value="Paul"' in html
        assert "Urgent" in html
        assert 'id="suite_0"' in html

    def test_a_word_unknown_is_a_visit(self, client_of, bruno):
        assert "Nouvelle visite" in client_of(bruno).get("/accueil/?pour=fax").content.decode()

    def test_W03_the_fields_of_another_kind_are_refused(self, client_of, bruno, call):
        assert call(file="A01").status_code == 400


def test_N05_another_promise_under_the_same_key_is_a_second_call(call, tomorrow):
    key = str(uuid.uuid4())
    for hour in ("15:30", "14:30", "15:30"):
        call(cle=key, suite="rappel", **{**tomorrow, "rappel_a": hour})

    assert (Ticket.objects.count(), ToDo.objects.count()) == (2, 2)


class TestOpinion:
    @pytest.fixture(autouse=True)
    def surveys_on(self, settings):
        settings.SURVEYS_ON = True

    @pytest.mark.parametrize(("said", "level"), [("4", 4), ("non", None)])
    def test_what_the_person_said_at_the_end_of_the_call_is_kept(self, call, said, level):
        call(avis=said)
        assert FeltExperience.objects.values_list("level", "way").get() == (level, "phone")

    def test_nothing_asked_is_nothing_said_and_a_wrong_face_is_refused(self, call):
        call()
        assert call(avis="7").status_code == 422
        assert not FeltExperience.objects.exists()

    def test_A03_never_of_a_reserved_request(self, call):
        Topic.objects.filter(code="rsa-demande").update(sensitivity="protection")
        call(avis="1")
        assert Ticket.objects.get().is_sensitive
        assert not FeltExperience.objects.exists()

    def test_the_undo_takes_it_back(self, call, client, samira, chosen):
        call(personne=chosen("Samira Benali"), sujet="fsl-acces-maintien", avis="2")
        page = client.get(PAGE)
        client.post("/accueil/annuler/", {"visite": page.context["done"].token})
        assert Ticket.objects.exists()
        assert not FeltExperience.objects.exists()

    def test_it_is_not_shown_while_surveys_are_off(self, client_of, bruno, settings):
        assert 'name="avis"' in client_of(bruno).get(PAGE).content.decode()
        settings.SURVEYS_ON = False
        assert 'name="avis"' not in client_of(bruno).get(PAGE).content.decode()
