import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from channels_app.frontdesk.tokens import person_token
from channels_app.intake.models import Arrival
from channels_app.intake.services import reconcile, sweep
from requests_app.people.models import Person
from requests_app.tickets.models import State, Ticket, TicketLink, Touchpoint
from requests_app.visits.models import Visit
from tests.factories import topic

PAGE = "/accueil/"


def balanced():
    return reconcile(at=timezone.now()).gap == 0


class TestSaving:
    def test_opens_a_ticket_and_gives_a_number(self, save, client, lyon_8):
        answer = save(mot="Vient avec sa fille")

        assert answer.status_code == 302
        ticket = Ticket.objects.get()
        assert (ticket.topic.code, ticket.maison, ticket.channel) == ("rsa-demande", lyon_8, "frontdesk")
        assert Visit.objects.get().ticket_number == "A01"
        assert "Vient avec sa fille" in Touchpoint.objects.get().text
        page = client.get(PAGE).content.decode()
        assert "Visite enregistrée" in page
        assert "Numéro A01." in page
        assert balanced()

    def test_I1_stores_the_sheet_before_it_is_understood(self, save, monkeypatch, client):
        def away(**_):
            raise DatabaseError("away")

        monkeypatch.setattr("channels_app.intake.services.processing.receive", away)
        save(qui="Paul Morel", personne="nouvelle")

        assert Arrival.objects.get().state == "pending"
        assert "en cours de traitement" in client.get(PAGE).content.decode()
        monkeypatch.undo()
        sweep(at=timezone.now() + timedelta(minutes=2))
        assert Visit.objects.get().ticket_number == "A01"
        assert "Visite de Paul Morel enregistrée" in client.get(PAGE).content.decode()

    def test_closes_what_was_answered_at_once(self, save, bruno):
        save(suite="repondu")

        ticket = Ticket.objects.get()
        assert (ticket.state, ticket.outcome, ticket.closed_by) == (State.CLOSED, "answered", bruno)
        assert not Visit.objects.exists()

    def test_says_the_wish_for_an_appointment_in_words(self, save):
        save(suite="rendez-vous")

        assert Ticket.objects.get().state == State.TO_SORT
        assert "Souhaite un rendez-vous." in Touchpoint.objects.get().text

    def test_keeps_words_that_name_no_topic(self, save):
        save(sujet="", motif="papier de la préfecture")

        ticket = Ticket.objects.get()
        assert (ticket.topic, ticket.subject) == (None, "papier de la préfecture")

    def test_recognises_a_topic_typed_in_full(self, save):
        save(sujet="", motif="demande de rsa")

        assert Ticket.objects.get().topic.code == "rsa-demande"

    def test_lets_the_desk_log_a_danger_that_it_may_not_read_later(self, save, bruno, client):
        save(sujet="enfance-danger", motif="Inquiétude")

        assert Ticket.objects.get().is_sensitive
        page = client.get(PAGE).content.decode()
        assert "Motif réservé" in page
        assert "Inquiétude" not in page

    def test_routes_by_the_address_given(self, save):
        save(adresse="10 avenue Franklin-Roosevelt, 69500 Bron")

        assert Ticket.objects.get().maison.commune.name == "Bron"

    def test_the_central_team_is_asked_where_it_is_first(self, save, central, client_of):
        assert "Choisissez votre lieu d’accueil" in client_of(central).get(PAGE).content.decode()
        assert save(central).status_code == 409
        assert not Arrival.objects.exists()

    def test_the_administrator_welcomes_nobody(self, client_of, admin):
        assert client_of(admin).get(PAGE).status_code == 403


class TestRepeats:
    def test_W01_the_same_form_twice_is_one_visit(self, save, client):
        key = str(uuid.uuid4())
        fields = {"qui": "Paul Morel", "personne": "nouvelle", "telephone": "06 39 98 77 66"}

        for _ in range(3):
            assert save(cle=key, **fields).status_code == 302
            assert "Visite de Paul Morel enregistrée" in client.get(PAGE).content.decode()
        assert (Ticket.objects.count(), Person.objects.count(), Visit.objects.count()) == (1, 1, 1)
        assert balanced()

    def test_N05_back_edited_and_saved_again_is_a_second_visit(self, save, client):
        key = str(uuid.uuid4())
        for word in ("Vient pour le RSA", "Vient aussi pour une carte", "Vient pour le RSA"):
            assert save(cle=key, mot=word).status_code == 302

        words = Touchpoint.objects.order_by("pk").values_list("text", flat=True)
        assert [each.splitlines()[-1] for each in words] == [
            "Vient pour le RSA",
            "Vient aussi pour une carte",
        ]
        assert balanced()

    @pytest.mark.parametrize(
        "other",
        [{"suite": "repondu"}, {"sujet": "fsl-acces-maintien"}, {"adresse": "3 rue Paul Bert"}, {"mot": "x"}],
    )
    def test_N05_so_is_any_other_field(self, save, other):
        key = str(uuid.uuid4())
        save(cle=key)
        save(cle=key, **other)

        assert Ticket.objects.count() == 2

    def test_N05_edited_after_an_undo_it_is_saved(self, save, client):
        key = str(uuid.uuid4())
        save(cle=key, mot="Mauvaise personne")
        client.post(reverse("frontdesk:undo"), {"visite": client.get(PAGE).context["done"].token})
        save(cle=key, mot="La bonne")

        assert Touchpoint.objects.get().text.endswith("La bonne")
        assert "Visite enregistrée" in client.get(PAGE).content.decode()
        assert balanced()

    def test_I3_a_key_belongs_to_its_agent(self, save, bruno, chloe):
        key = str(uuid.uuid4())
        save(bruno, cle=key)
        save(chloe, cle=key)

        assert Ticket.objects.count() == 2

    def test_each_page_brings_a_new_key(self, client_of, bruno):
        client = client_of(bruno)
        keys = {client.get(PAGE).context["form"]["cle"].value() for _ in range(2)}

        assert len(keys) == 2


class TestBadInput:
    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"qui": "", "personne": ""}, "Écrivez un nom ou un téléphone"),
            ({"motif": "", "sujet": ""}, "Écrivez pourquoi la personne vient"),
            ({"telephone": "12"}, "Écrivez un numéro de téléphone"),
            ({"telephone": "061234567"}, "Écrivez un numéro de téléphone"),
            ({"qui": "061234567", "personne": "nouvelle"}, "Écrivez un numéro de téléphone"),
            ({"qui": "Paul Morel 06 12 34 56", "personne": ""}, "Écrivez un numéro de téléphone"),
            ({"email": "moi"}, "Écrivez une adresse e-mail"),
            ({"naissance": "hier"}, "Écrivez une année"),
            ({"suite": "rien"}, "Choisissez ce qui suit"),
            ({"cle": "x"}, "Rechargez la page"),
        ],
    )
    def test_says_what_to_do_and_keeps_what_was_typed(self, save, fields, words):
        answer = save(mot="Mot long à retaper", **fields)
        page = answer.content.decode()

        assert answer.status_code == 422
        assert "Il y a un problème" in page
        assert "<title>Erreur" in page
        assert words in page
        assert "Mot long à retaper" in page
        assert not Arrival.objects.exists()

    def test_W03_refuses_fields_that_are_not_of_the_form(self, save):
        assert save(maison="1", state="closed").status_code == 400
        assert not Arrival.objects.exists()

    def test_W06_reading_changes_nothing(self, client_of, bruno):
        client = client_of(bruno)
        for name in ("visit", "about", "queue", "person"):
            client.get(reverse(f"frontdesk:{name}"), {"suite": "file"})
        for name in ("persons", "topics"):
            client.post(reverse(f"frontdesk:{name}"), {"qui": "a", "motif": "rsa"})

        assert not Arrival.objects.exists()
        assert client.get(reverse("frontdesk:undo")).status_code == 405
        assert client.get(reverse("frontdesk:call_next")).status_code == 405


class TestPersons:
    def test_a_known_person_chosen_is_not_made_again(self, save, samira, bruno, client):
        save(qui="Samira Benali", personne=person_token(samira.pk, bruno))

        assert Person.objects.count() == 1
        assert "Visite de Samira Benali enregistrée" in client.get(PAGE).content.decode()

    def test_A05_a_person_never_shown_cannot_be_chosen(self, save, stranger, bruno, chloe):
        for forged in (str(stranger.pk), f"{stranger.pk}:x", person_token(stranger.pk, chloe)):
            answer = save(bruno, qui="Zoé", personne=forged)
            assert answer.status_code == 422
            assert "Durand" not in answer.content.decode()
        assert not Arrival.objects.exists()

    def test_a_name_typed_without_choosing_offers_the_choice(self, save, samira):
        page = save(qui="benali", personne="").content.decode()

        assert "Qui est-ce\xa0?" in page
        assert "C’est cette personne" in page
        assert "Nouvelle personne «" in page
        assert not Arrival.objects.exists()

    def test_without_javascript_the_button_pressed_saves(self, save, samira, bruno):
        answer = save(qui="benali", personne="", choix=person_token(samira.pk, bruno))

        assert answer.status_code == 302
        assert Ticket.objects.filter(person=samira).count() == 2

    def test_a_new_person_keeps_what_was_typed(self, save):
        save(qui="paul morel 68", personne="nouvelle", telephone="0639987766", email="P@Exemple.fr")

        person = Person.objects.get()
        assert (person.full_name, person.birth_year) == ("Paul Morel", 1968)
        assert set(person.contact_points.values_list("value", flat=True)) == {
            "+33639987766",
            "p@exemple.fr",
        }

    @pytest.mark.parametrize(
        "fields", [{"telephone": "06 39 98 12 34"}, {"naissance": "1968"}, {"qui": "samira benali 68"}]
    )
    def test_a_likely_duplicate_is_offered_first(self, save, samira, fields):
        page = save(**{"qui": "Samira Benali", "personne": "nouvelle", **fields}).content.decode()

        assert "Cette personne existe peut-être déjà" in page
        assert page.index("C’est la même personne") < page.index("Créer quand même")
        assert Person.objects.count() == 1

    def test_and_may_be_created_all_the_same(self, save, samira):
        save(qui="Samira Benali", personne="nouvelle", telephone="0639981234", choix="creer")

        assert Person.objects.count() == 2

    def test_a_shared_phone_gives_candidates(self, save, samira, make_person, share_contact):
        share_contact(make_person(given_name="Karim", family_name="Benali"), "+33639981234")
        page = save(qui="06 39 98 12 34", personne="").content.decode()

        assert "Samira Benali" in page
        assert "Karim Benali" in page

    def test_what_a_known_person_gave_is_passed_on_in_words(self, save, samira, bruno):
        save(personne=person_token(samira.pk, bruno), telephone="0639987766")

        assert "06 39 98 77 66" in Touchpoint.objects.latest("pk").text
        assert samira.contact_points.count() == 1

    def test_W15_a_script_in_a_name_is_only_words(self, save, client, make_person, bruno):
        name = "<script>alert(1)</script>"
        save(qui=f"{name} O’Hara", personne="nouvelle", motif=name, sujet="")

        page = client.get(PAGE).content.decode()
        assert name not in page
        assert "&lt;script&gt;alert(1)" in page
        found = client.post(reverse("frontdesk:persons"), {"qui": "hara"}).content.decode()
        assert "<script" not in found


class TestJoining:
    def test_a_visit_on_the_same_topic_joins_the_open_demand(self, save, samira, bruno, client):
        chosen = {"personne": person_token(samira.pk, bruno), "sujet": "fsl-acces-maintien"}
        save(**chosen)

        ticket = Ticket.objects.get()
        assert ticket.touchpoints.count() == 2
        assert f"Jointe à la demande {ticket.reference}." in client.get(PAGE).content.decode()

    def test_unless_the_agent_opens_a_new_one(self, save, samira, bruno):
        chosen = {"personne": person_token(samira.pk, bruno), "sujet": "fsl-acces-maintien"}
        save(**chosen, nouvelle_demande="on")

        assert Ticket.objects.count() == 2

    def test_A02_never_a_demand_the_agent_may_not_read(self, save, samira, bruno, make_ticket):
        make_ticket(person=samira, topic="enfance-danger")
        save(personne=person_token(samira.pk, bruno), sujet="enfance-danger")

        assert Ticket.objects.filter(topic__code="enfance-danger").count() == 2


class TestLikely:
    """Mailed two days ago, words that seem to be about it: the agent says whether the visit joins."""

    @pytest.fixture
    def awa(self, make_person):
        return make_person(given_name="Awa", family_name="Koné", phone="+33639985678")

    @pytest.fixture
    def mailed(self, awa, make_ticket):
        at = timezone.now() - timedelta(days=2)
        return make_ticket(person=awa, proposed_topic=topic("fsl-acces-maintien"), received_at=at)

    @pytest.fixture
    def chosen(self, awa, bruno):
        return {"personne": person_token(awa.pk, bruno), "sujet": "fsl-acces-maintien"}

    def test_the_desk_is_told_which(self, client_of, bruno, mailed, chosen):
        page = client_of(bruno).get(reverse("frontdesk:about"), chosen).content.decode()
        assert f"Peut-être la même demande : {mailed.reference}" in page.replace("\xa0", " ")

    def test_the_visit_joins_it_when_the_agent_says_so(self, save, mailed, chosen):
        save(**chosen, rejoindre="on")
        assert Ticket.objects.get().touchpoints.filter(channel="frontdesk").exists()

    def test_else_both_are_proposed_as_one(self, save, mailed, chosen):
        save(**chosen)
        found = TicketLink.objects.get()
        assert (found.to_ticket, found.kind, found.is_accepted) == (mailed, "proposed", None)

    def test_A02_never_one_the_agent_may_not_read(self, client_of, bruno, mailed, chosen, villeurbanne):
        Ticket.objects.filter(pk=mailed.pk).update(maison=villeurbanne)
        page = client_of(bruno).get(reverse("frontdesk:about"), chosen).content.decode()
        assert mailed.reference not in page


class TestUndo:
    def token(self, client):
        return client.get(PAGE).context["done"].token

    def undo(self, client, token):
        return client.post(reverse("frontdesk:undo"), {"visite": token})

    def test_takes_back_all_that_the_visit_made(self, save, client):
        save(qui="Paul Morel", personne="nouvelle", telephone="0639987766")
        self.undo(client, self.token(client))

        assert (Ticket.objects.count(), Person.objects.count(), Visit.objects.count()) == (0, 0, 0)
        arrival = Arrival.objects.get()
        assert (arrival.state, arrival.reason) == ("discarded", "Annulée à l’accueil")
        assert "Visite annulée." in client.get(PAGE).content.decode()
        assert balanced()

    def test_leaves_the_demand_that_was_joined(self, save, samira, bruno, client):
        save(personne=person_token(samira.pk, bruno), sujet="fsl-acces-maintien")
        self.undo(client, self.token(client))

        ticket = Ticket.objects.get()
        assert ticket.touchpoints.count() == 1
        assert ticket.excerpt == "Bonjour, où en est mon dossier ?"

    def test_twice_is_once(self, save, client):
        save()
        token = self.token(client)
        self.undo(client, token)

        assert self.undo(client, token).status_code == 302
        assert Arrival.objects.get().state == "discarded"

    def test_lasts_ten_minutes(self, save, client):
        with time_machine.travel(timezone.now(), tick=False) as clock:
            save()
            token = self.token(client)
            clock.shift(timedelta(minutes=9))
            assert self.token(client)
            clock.shift(timedelta(minutes=2))
            assert client.get(PAGE).context["done"] is None
            self.undo(client, token)

        assert Ticket.objects.count() == 1

    def test_belongs_to_the_agent_who_saved(self, save, client_of, chloe, client):
        save()
        token = self.token(client)

        assert self.undo(client_of(chloe), token).status_code == 404
        assert Ticket.objects.count() == 1

    def test_is_refused_once_the_person_was_called(self, save, client):
        save()
        token = self.token(client)
        client.post(reverse("frontdesk:call_next"))
        self.undo(client, token)

        assert Ticket.objects.count() == 1
        assert "La personne a déjà été appelée." in client.get(PAGE).content.decode()

    def test_the_same_form_after_an_undo_says_it_is_undone(self, save, client):
        key = str(uuid.uuid4())
        save(cle=key)
        self.undo(client, self.token(client))
        save(cle=key)

        assert not Ticket.objects.exists()
        assert "Visite annulée." in client.get(PAGE).content.decode()
