import re
import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from channels_app.intake.models import Arrival
from channels_app.intake.services import reconcile
from channels_app.portal.models import Draft, DraftFile
from channels_app.portal.tests.conftest import ANSWERS, address
from requests_app.people.models import AccessNeed, ContactPoint, Person
from requests_app.routing.territory import current
from requests_app.tickets.models import Attachment, Ticket, Touchpoint
from requests_app.tickets.pictures import reencode

pytestmark = pytest.mark.django_db


def photo(kind="JPEG", name="facture.jpg"):
    drawn = BytesIO()
    Image.new("RGB", (900, 600), "white").save(drawn, kind)
    return SimpleUploadedFile(name, drawn.getvalue(), content_type="image/jpeg")


class TestAsking:
    def test_five_answers_become_a_demand_at_the_right_maison(self, send):
        send(lieu={"commune": "Bron"})
        ticket = Ticket.objects.select_related("topic", "maison", "person").get()
        assert (ticket.channel, ticket.topic.code, ticket.state) == (
            "portal",
            "fsl-acces-maintien",
            "to_sort",
        )
        assert "Bron" in ticket.maison.name
        assert ticket.person.full_name == "Amina Benali"
        assert "facture d’électricité" in ticket.excerpt

    def test_the_confirmation_shows_the_number_and_the_date_of_the_answer(self, send):
        page = send().get("/demande/enregistree/").content.decode()
        ticket = Ticket.objects.get()
        assert ticket.reference in page
        assert "Vous aurez une réponse avant le" in page
        assert "06 39 98 12 34" in page

    def test_not_knowing_is_an_answer(self, send):
        send(sujet={"sujet": "je-ne-sais-pas"})
        assert Ticket.objects.get().topic is None

    def test_what_belongs_to_a_way_not_chosen_is_not_said(self, send):
        send(contact={"moyen": "lieu", "telephone": "06 39 98 12 34", "email": "a@exemple.fr"})
        assert not ContactPoint.objects.exists()
        assert "Vient chercher la réponse sur place." in Touchpoint.objects.get().text

    def test_without_name_nor_contact_the_demand_has_no_person(self, send):
        send(contact={"moyen": "courrier", "postal": "12 rue X, Lyon"}, vous={"prenom": "", "nom": ""})
        assert Ticket.objects.get().person is None
        assert "Répondre par courrier" in Touchpoint.objects.get().text

    def test_I1_the_raw_form_is_stored_before_it_is_understood(self, send):
        send()
        arrival = Arrival.objects.get()
        assert (arrival.channel, arrival.state, reconcile(at=timezone.now()).gap) == ("portal", "heard", 0)


def test_the_sending_costs_the_same_however_many_were_sent(fill, settings, django_assert_max_num_queries):
    """Raw first, once, within limits, understood, logged, acknowledged: 23 statements and their transaction.

    The answers are stored and closed together: one statement, and a transaction, which is two here.
    """
    current()  # a process reads the territory once
    for number in ("06 39 98 12 30", "06 39 98 12 31"):
        client = fill(contact={"telephone": number})
        settings.LIMITS_ON = True
        Draft.objects.update(created_at=timezone.now() - timedelta(minutes=1))
        with django_assert_max_num_queries(28):
            assert client.post("/demande/verifier/").url == "/demande/enregistree/"
        settings.LIMITS_ON = False


class TestNeeds:
    def test_they_are_kept_as_things_to_do_and_never_confirmed_by_a_form(self, send):
        send(vous={"besoins": ["interpreter", "simple_words"], "langue": "turc"}, contact={"usage": "sms"})
        needs = {(need.kind, need.detail) for need in AccessNeed.objects.filter(is_confirmed=False)}
        assert needs == {
            ("interpreter", "turc"),
            ("simple_words", ""),
            ("no_call", ""),
            ("no_voice_message", ""),
        }

    def test_an_agent_reads_them_beside_the_name_and_the_channel_in_the_triage(
        self, send, client_of, central
    ):
        send(vous={"besoins": ["interpreter"], "langue": "turc"})
        agent = client_of(central)
        page = agent.get(f"/demandes/{Ticket.objects.get().reference}/").content.decode()
        assert "Prévoir un interprète (turc)" in page
        assert "Ne laisser aucun message" in page
        assert "dit dans le formulaire" in page
        assert "Formulaire" in agent.get("/tri/").content.decode()

    def test_yes_to_a_message_is_kept_on_the_contact(self, send):
        send(contact={"message": "oui"})
        assert ContactPoint.Use.VOICE_MESSAGE in ContactPoint.objects.get().usable_for

    def test_M09_a_form_gives_and_takes_no_permission_at_a_known_contact(self, send, make_person):
        make_person(given_name="Amina", family_name="Benali", phone="+33639981234")
        send(contact={"message": "oui"})
        assert ContactPoint.Use.VOICE_MESSAGE not in ContactPoint.objects.get().usable_for
        ContactPoint.objects.update(usable_for=["answer", "voice_message"])
        send(contact={"message": "non"})
        assert ContactPoint.objects.get().usable_for == ["answer", "voice_message"]
        assert Person.objects.count() == 1


class TestGoingBack:
    def test_an_answer_is_found_again_and_changed_from_the_last_look(self, fill):
        client = fill()
        page = client.get("/demande/message/?vers=verifier").content.decode()
        assert "facture d’électricité" in page
        answer = client.post("/demande/message/?vers=verifier", {"texte": "Autre chose"})
        assert answer.url == "/demande/verifier/"
        assert "Autre chose" in client.get(answer.url).content.decode()

    @pytest.mark.parametrize("words", [" \u200b\u200d ", "\u2060", "\u3164"])
    def test_what_nobody_sees_is_no_request(self, fill, words):
        answer = fill().post("/demande/message/", {"texte": words})
        assert "Écrivez ce que vous demandez" in answer.content.decode()
        assert "électricité" in Draft.objects.get().answers["message"]["texte"]

    def test_a_question_is_not_asked_before_those_that_precede_it(self, db, territory, client):
        assert client.get("/demande/contact/").url == "/demande/"
        assert client.get("/demande/verifier/").url == "/demande/"

    def test_words_typed_once_the_draft_is_lost_are_kept_for_later(self, fill):
        client = fill()
        Draft.objects.all().delete()
        assert client.post("/demande/message/", {"texte": "Mes mots"}).url == "/demande/"
        client.post("/demande/", ANSWERS["sujet"])
        assert "Mes mots" in client.get("/demande/message/").content.decode()

    def test_the_link_to_come_back_opens_the_answers_on_another_device(self, fill):
        client = fill()
        page = client.get("/demande/plus-tard/").content.decode()
        [path] = re.findall(r"(/demande/reprendre/[\w-]{22}/)", page)
        other = Client()
        assert "Reprendre ma demande" in other.get(path).content.decode()
        assert other.post(path).url == "/demande/verifier/"
        assert "facture" in other.get("/demande/verifier/").content.decode()

    def test_N06_the_link_to_come_back_serves_once_and_only_where_it_was_used(self, fill):
        first, other = fill(), Client()
        path = self.link_of(first)
        assert other.post(path).url == "/demande/verifier/"
        Draft.objects.update(rotated_at=timezone.now() - timedelta(minutes=1))

        assert Client().get(path).status_code == Client().post(path).status_code == 404
        assert first.get("/demande/verifier/").url == "/demande/"
        assert self.link_of(other) != path
        assert Client().post(self.link_of(other)).url == "/demande/verifier/"

    def test_W01_a_second_tap_on_it_gets_the_answers_too(self, fill):
        path, other = self.link_of(fill()), Client()
        for _ in range(2):
            assert other.post(path).url == "/demande/verifier/"
        assert "facture" in other.get("/demande/verifier/").content.decode()

    def link_of(self, client):
        return re.findall(
            r"/demande/reprendre/[\w-]{22}/", client.get("/demande/plus-tard/").content.decode()
        )[0]

    def test_after_seven_days_the_answers_are_gone(self, fill):
        client = fill()
        Draft.objects.update(expires_at=timezone.now())
        assert client.get("/demande/verifier/").url == "/demande/"

    def test_erasing_leaves_nothing(self, fill):
        client = fill()
        client.post("/demande/message/", {"texte": "x", "papiers": [photo()], "ajouter": "1"})
        client.post("/demande/effacer/")
        assert (Draft.objects.count(), DraftFile.objects.count()) == (0, 0)
        assert client.get("/demande/verifier/").url == "/demande/"


class TestOnce:
    def test_W01_pressed_twice_reloaded_or_sent_after_going_back_is_one_demand(self, fill):
        client = fill()
        for _ in range(3):
            assert client.post("/demande/verifier/").url == "/demande/enregistree/"
        client.get("/demande/vous/")
        assert client.post("/demande/vous/", ANSWERS["vous"]).url == "/demande/enregistree/"
        shown = [client.get("/demande/enregistree/").content.decode() for _ in range(2)]
        assert all(Ticket.objects.get().reference in page for page in shown)
        assert (Ticket.objects.count(), Arrival.objects.count()) == (1, 1)

    def test_the_next_demand_begins_blank(self, send):
        client = send()
        page = client.get("/demande/").content.decode()
        assert " checked" not in page
        client.post("/demande/", ANSWERS["sujet"])
        assert "facture" not in client.get("/demande/message/").content.decode()


class TestPhotos:
    def test_a_photo_is_joined_shown_drawn_again_and_sent(self, fill):
        client = fill()
        client.post("/demande/message/", {"texte": "Voici", "papiers": [photo()], "ajouter": "1"})
        file = DraftFile.objects.get()
        seen = client.get(f"/demande/photo/{file.pk}/")
        assert Image.open(BytesIO(seen.content)).size == (160, 107)
        client.post("/demande/verifier/")
        kept = Attachment.objects.get()
        assert (kept.name, kept.content_type) == ("facture.jpg", "image/jpeg")

    @pytest.mark.parametrize("data", [None, b"\xff\xd8\xff\xe0 no picture"])
    def test_W02_a_photo_is_drawn_once_however_often_it_is_asked(self, fill, monkeypatch, data):
        client, drawings = fill(), []
        paper = photo() if data is None else SimpleUploadedFile("x.jpg", data)
        client.post("/demande/message/", {"texte": "Voici", "papiers": [paper], "ajouter": "1"})

        def drawn(stream, *, side):
            drawings.append(side)
            return reencode(stream, side=side)

        monkeypatch.setattr("channels_app.portal.views.photos.reencode", drawn)
        address = f"/demande/photo/{DraftFile.objects.get().pk}/"
        assert {client.get(address).status_code for _ in range(3)} == {404 if data else 200}
        assert drawings == [160]

    def test_M15_somebody_elses_photo_is_not_shown(self, fill):
        client = fill()
        client.post("/demande/message/", {"texte": "Voici", "papiers": [photo()], "ajouter": "1"})
        assert Client().get(f"/demande/photo/{DraftFile.objects.get().pk}/").status_code == 404

    def test_M16_a_telephones_photo_is_kept_as_jpeg(self, fill):
        import pillow_heif

        pillow_heif.register_heif_opener()
        client = fill()
        client.post("/demande/message/", {"texte": "Voici", "papiers": [photo("HEIF", "IMG_1.HEIC")]})
        file = DraftFile.objects.get()
        assert (file.name, file.content_type) == ("IMG_1.jpg", "image/jpeg")

    @pytest.mark.parametrize(
        "data", [b"<html><script>alert(1)</script>", b"", b"PK\x03\x04" + b"\0" * 50, b"\xff\xd8\xff bad"]
    )
    def test_M15_another_type_is_refused_in_words_and_the_text_kept(self, fill, data):
        client = fill()
        bad = SimpleUploadedFile("facture.jpg", data, content_type="image/jpeg")
        answer = client.post("/demande/message/", {"texte": "Mes mots", "papiers": [bad], "ajouter": "1"})
        if answer.status_code == 200:
            assert "Il y a un problème" in answer.content.decode()
            assert "Mes mots" in answer.content.decode()
        assert client.get("/demande/message/").status_code == 200

    def test_at_most_eight(self, fill):
        client = fill()
        client.post("/demande/message/", {"texte": "x", "papiers": [photo() for _ in range(7)]})
        answer = client.post("/demande/message/", {"texte": "x", "papiers": [photo(), photo()]})
        assert "8 fichiers" in answer.content.decode()
        assert DraftFile.objects.count() == 8


class TestErrors:
    @pytest.mark.parametrize(
        ("step", "sent", "words"),
        [
            ("sujet", {}, "Choisissez un sujet"),
            ("sujet", {"sujet": "x' OR 1=1"}, "Choisissez un sujet"),
            ("message", {"texte": "  "}, "même en quelques mots"),
            ("lieu", {}, "Écrivez votre commune"),
            ("contact", {}, "Choisissez comment vous joindre"),
            ("contact", {"moyen": "tel", "telephone": "06 39"}, "Écrivez un numéro de téléphone"),
            ("contact", {"moyen": "mail", "email": "amina"}, "Écrivez une adresse e-mail"),
        ],
    )
    def test_they_say_what_to_do_and_keep_what_was_typed(self, fill, step, sent, words):
        page = fill().post(address(step), sent).content.decode()
        assert "<title>Erreur :" in page
        assert page.count(words) >= 2  # in the summary and beside the field
        for value in sent.values():
            assert "OR 1=1" in value or value.strip() in page

    @pytest.mark.parametrize("typed", ["0639981234", "06.39.98.12.34", "+33 6 39 98 12 34", "0033639981234"])
    def test_a_number_is_accepted_in_any_form(self, send, typed):
        send(contact={"telephone": typed})
        assert ContactPoint.objects.get().value == "+33639981234"


class TestTopics:
    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("payer ma facture", "fsl-acces-maintien"),
            ("je ne peux plus payer mon loyer", "fsl-acces-maintien"),
            ("bébé", "puericultrice"),
            ("RSA", "rsa-demande"),
        ],
    )
    def test_are_found_by_peoples_words(self, db, territory, client, typed, found):
        page = client.post("/demande/", {"chercher": "1", "mots": typed}).content.decode()
        assert f'id="t-{found}"' in page

    def test_every_active_topic_is_offered_once(self, db, territory, client):
        page = client.get("/demande/").content.decode()
        offered = re.findall(r'name="sujet" id="s-([\w-]+)"', page)
        assert len(offered) == len(set(offered)) == 57

    def test_searching_changes_nothing(self, db, territory, client):
        client.post("/demande/", {"chercher": "1", "mots": "mon mari me frappe"})
        assert not Draft.objects.exists()


class TestDangers:
    @pytest.mark.parametrize(
        ("words", "number"),
        [
            ("Mon mari me frappe", "3919"),
            ("j'ai peur, il va me tuer", "17"),
            ("Mon voisin FRAPPE LES ENFANTS", "119"),
            ("Je veux en finir", "3114"),
            ("Ce soir je dors dehors", "115"),
            ("Il est inconscient", "15"),
        ],
    )
    def test_the_numbers_come_at_once_and_the_demand_goes_on(self, fill, words, number):
        client = fill()
        client.post("/demande/message/", {"texte": words})
        page = client.get("/demande/lieu/").content.decode()
        assert "notice-bad danger" in page
        assert f"<strong>{number}</strong>" in page

    def test_ordinary_words_ring_no_alarm(self, fill):
        client = fill()
        client.post("/demande/message/", {"texte": "Le bateau rebattu du coupon, je finis mon dossier"})
        assert "notice-bad danger" not in client.get("/demande/lieu/").content.decode()


class TestSecrets:
    def test_no_page_of_the_form_is_kept_by_the_browser(self, fill):
        client = fill()
        for step in (*ANSWERS, "verifier"):
            assert "no-store" in client.get(address(step)).headers["Cache-Control"]

    def test_W09_the_database_does_not_hold_the_secret_of_the_cookie(self, fill):
        client = fill()
        assert client.cookies["gru_demande"].value not in str(Draft.objects.values().get())
        assert client.cookies["gru_demande"]["httponly"]


def test_an_unreadable_form_goes_to_quarantine(db):
    from channels_app.intake.services import process, store

    for raw in (b"", b"{}", b"[]", b'{"kind":"demande"}', b"\xff"):
        stored = store(
            channel="portal", address="", raw=raw, source="form", at=timezone.now(), key=str(uuid.uuid4())
        )
        assert process(arrival_id=stored.arrival_id, at=timezone.now()) == "quarantined"
