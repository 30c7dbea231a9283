"""Back, edit, send: other words under a known key are a second message, never lost (threats: N05)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image

from channels_app.intake.models import Arrival
from channels_app.intake.services import reconcile
from channels_app.portal import drafts, limits, photos
from channels_app.portal.limits import Attempt
from channels_app.portal.models import Draft
from channels_app.portal.tests.conftest import ANSWERS
from channels_app.portal.tests.test_appointments import link_to
from channels_app.portal.tests.test_asking import photo
from channels_app.portal.tests.test_following import secret_of
from requests_app.tickets.models import Attachment, Ticket, Touchpoint

pytestmark = pytest.mark.django_db
KEY = "0b0f7b1e-0000-4000-8000-00000000000a"
EMAIL = "amina@exemple.fr"


def other_photo(name="facture.jpg"):
    drawn = BytesIO()
    Image.new("RGB", (900, 600), "navy").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), content_type="image/jpeg")


@pytest.fixture
def ticket(make_ticket, make_person, no_limits):
    person = make_person(given_name="Amina", family_name="Benali", email=EMAIL)
    return make_ticket(person=person, text=None, topic="fsl-acces-maintien")


@pytest.fixture
def act(ticket, client):
    secret = secret_of(ticket)
    return lambda **data: client.post(f"/suivi/{secret}/message/", {"cle": KEY, **data})


def thread():
    return list(Touchpoint.objects.filter(channel="portal").order_by("pk").values_list("text", flat=True))


class TestFollowUp:
    def test_W02_one_link_buries_no_ticket_and_loses_no_words(self, act, settings):
        settings.LIMITS_ON = True
        most = limits.ADD_TO_TICKET.most
        said = [act(texte=f"Message {n}.", cle=KEY if n % 2 else str(uuid4())) for n in range(most + 2)]
        refused = [answer.content.decode() for answer in said[most:]]

        assert [answer.status_code for answer in said[:most]] == [302] * most
        assert [settings.AUTHORITY_PHONE in page for page in refused] == [True, True]
        assert "Message 30." in refused[0], "what was typed is still there"
        assert len(thread()) == most
        assert act(texte="Message 1.").status_code == 302, "a repeat is confirmed again"
        assert len(thread()) == most

    def test_N05_other_words_under_the_same_key_are_a_second_message(self, act):
        for words in ("Je viens mardi.", "Je viens mercredi.", "Je viens mardi."):
            assert act(texte=words).url.endswith("?fait=message")
        assert thread() == ["Je viens mardi.", "Je viens mercredi."]
        assert reconcile(at=timezone.now()).is_right

    def test_W01_spaces_alone_are_no_other_words(self, act):
        act(texte="Je viens  mardi.")
        act(texte="Je viens mardi. \r\n")
        assert len(thread()) == 1

    def test_N05_a_photo_after_words_is_a_second_message(self, act):
        act(texte="Voici ma facture.")
        act(papiers=[photo()])
        assert Attachment.objects.get().name == "facture.jpg"
        assert len(thread()) == 2

    def test_N05_another_photo_of_the_same_name_is_a_second_message_with_its_own_file(self, act):
        for sent in (photo(), other_photo()):
            assert act(papiers=[sent]).url.endswith("?fait=papier")
        first, second = Touchpoint.objects.filter(channel="portal").order_by("pk")
        assert first.attachments.get().sha256 != second.attachments.get().sha256

    def test_W01_the_same_photo_is_one_whatever_its_name(self, act):
        act(papiers=[photo()])
        act(papiers=[photo(name="IMG_2.jpg")])
        assert Attachment.objects.count() == 1

    def test_N05_the_same_words_with_a_photo_more_are_a_second_message(self, act):
        act(texte="Voici")
        act(texte="Voici", papiers=[photo()])
        assert thread() == ["Voici", "Voici"]
        assert Attachment.objects.count() == 1

    def test_N05_a_key_used_on_another_ticket_takes_nothing_from_it(self, act, client, make_ticket, ticket):
        other = make_ticket(person=ticket.person, text=None)
        act(texte="Bonjour")
        client.post(
            f"/suivi/{secret_of(other, 'acknowledgment:b')}/message/", {"cle": KEY, "texte": "Bonjour"}
        )
        assert set(Touchpoint.objects.filter(channel="portal").values_list("ticket", flat=True)) == {
            ticket.pk,
            other.pk,
        }

    def test_a_photo_that_found_no_room_can_be_sent_again(self, act, monkeypatch):
        def full(_draft, _papers, *, at):
            raise photos.NoRoom

        with monkeypatch.context() as patched:
            patched.setattr("channels_app.portal.photos.join", full)
            assert act(papiers=[photo()]).status_code == 200
        act(papiers=[photo()])
        assert Attachment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_N05_pressed_together_each_of_two_messages_is_kept_once(ticket):
    secret = secret_of(ticket)

    def press(number):
        try:
            data = {"cle": KEY, "texte": f"Message {number % 2}", "papiers": [photo()]}
            return Client().post(f"/suivi/{secret}/message/", data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(press, range(8))) == [302] * 8
    assert sorted(thread()) == ["Message 0", "Message 1"]
    assert [each.attachments.count() for each in Touchpoint.objects.filter(channel="portal")] == [1, 1]


class TestForm:
    @pytest.fixture
    def sent(self, send):
        return send(message={"texte": "Ma facture est trop chère."})

    def texts(self):
        found = Touchpoint.objects.filter(channel="portal").order_by("pk")
        return list(found.values_list("reply_text", flat=True))

    def test_N05_what_is_edited_after_the_sending_is_a_second_request(self, sent):
        first = Ticket.objects.get()
        answer = sent.post("/demande/message/?vers=verifier", {"texte": "Et on me coupe lundi."})
        assert answer.url == "/demande/verifier/"
        page = sent.get(answer.url).content.decode()
        assert "Votre première demande est déjà envoyée." in page
        assert "Et on me coupe lundi." in page
        assert sent.post("/demande/verifier/").url == "/demande/enregistree/"
        second = Ticket.objects.exclude(pk=first.pk).get()
        assert second.reference in sent.get("/demande/enregistree/").content.decode()
        assert self.texts() == ["Ma facture est trop chère.", "Et on me coupe lundi."]
        assert second.person == first.person

    @pytest.mark.parametrize("step", ["message", "lieu", "contact", "vous"])
    def test_W01_the_same_answer_after_the_sending_is_the_same_request(self, sent, step):
        answers = {**ANSWERS, "message": {"texte": "Ma facture est trop chère."}}
        assert sent.post(f"/demande/{step}/", answers[step]).url == "/demande/enregistree/"
        assert (Draft.objects.count(), Arrival.objects.count()) == (1, 1)

    @pytest.mark.parametrize(
        ("step", "fields"),
        [("lieu", {"commune": "Bron", "adresse": ""}), ("vous", {"prenom": "Ali", "nom": "Benali"})],
    )
    def test_N05_so_is_any_other_answer(self, sent, step, fields):
        assert sent.post(f"/demande/{step}/?vers=verifier", fields).url == "/demande/verifier/"
        sent.post("/demande/verifier/")
        assert Ticket.objects.count() == 2

    def test_N05_another_subject_keeps_the_other_answers(self, sent):
        assert sent.post("/demande/?vers=verifier", {"sujet": "je-ne-sais-pas"}).url == "/demande/verifier/"
        sent.post("/demande/verifier/")
        assert set(Ticket.objects.values_list("topic__code", flat=True)) == {"fsl-acces-maintien", None}

    def test_N05_a_photo_added_after_the_sending_goes_with_the_second(self, fill):
        client = fill()
        client.post("/demande/message/", {"texte": "Voici", "papiers": [photo()], "ajouter": "1"})
        client.post("/demande/verifier/")
        client.post(
            "/demande/message/", {"texte": "Voici", "papiers": [other_photo("b.jpg")], "ajouter": "1"}
        )
        client.post("/demande/verifier/")
        said = Touchpoint.objects.filter(channel="portal").order_by("pk")
        names = [sorted(each.attachments.values_list("name", flat=True)) for each in said]
        assert names == [["facture.jpg"], ["b.jpg", "facture.jpg"]]

    def test_N05_an_answer_that_is_refused_keeps_its_words(self, sent):
        page = sent.post("/demande/contact/", {"moyen": "tel", "telephone": "06 39 98"})
        assert page.status_code == 200
        assert 'value="06 39 98"' in page.content.decode()

    def test_N05_what_another_window_types_while_it_is_sent_is_not_taken_for_sent(self, fill, monkeypatch):
        client = fill()
        keep_answer = drafts.keep_answer

        def sent_meanwhile(**given):
            monkeypatch.setattr(drafts, "keep_answer", keep_answer)
            client.post("/demande/verifier/")
            keep_answer(**given)

        monkeypatch.setattr(drafts, "keep_answer", sent_meanwhile)
        client.post("/demande/message/", {"texte": "Écrit dans une autre fenêtre"})
        client.post("/demande/verifier/")
        assert self.texts() == [ANSWERS["message"]["texte"], "Écrit dans une autre fenêtre"]


@pytest.fixture
def appointment_page(make_appointment, make_ticket, amina, chloe):
    ticket = make_ticket(person=amina, topic="rsa-demande")
    now = timezone.now()
    coming = make_appointment(ticket=ticket, agent=chloe, starts_at=now + timedelta(days=3))
    return f"/rendez-vous/{link_to(coming, at=now)}/"


def test_N05_another_date_asked_with_the_same_key_is_a_second_message(client, appointment_page):
    for words in ("mardi matin", "plutôt jeudi", "mardi matin"):
        sent = client.post(f"{appointment_page}autre-date/", {"quand": words, "cle": str(KEY)})
        assert sent.url.endswith("?fait=demande")
    assert thread() == ["mardi matin", "plutôt jeudi"]


def test_N05_the_same_key_for_another_appointment_is_a_second_message(client, appointment_page, act):
    act(texte="mardi matin")
    client.post(f"{appointment_page}autre-date/", {"quand": "mardi matin", "cle": str(KEY)})
    client.post(f"{appointment_page}autre-date/", {"quand": "mardi matin", "cle": str(uuid4())})
    assert len(thread()) == 3


def test_W02_another_date_asked_counts_too_and_its_words_stay(client, appointment_page, settings):
    settings.LIMITS_ON, ticket = True, Ticket.objects.get()
    for _ in range(limits.ADD_TO_TICKET.most):
        limits.note(Attempt(limits.ADD_TO_TICKET, ticket.reference), at=timezone.now())
    answer = client.post(f"{appointment_page}autre-date/", {"quand": "Jeudi, il me frappe", "cle": str(KEY)})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Jeudi, il me frappe" in page
    assert "Trop de messages" in page
    assert "3919" in page, "N12: the numbers stand where a danger was written"
    assert thread() == []


def test_W02_so_do_the_numbers_on_the_page_of_the_request(act, ticket, settings):
    settings.LIMITS_ON = True
    for _ in range(limits.ADD_TO_TICKET.most):
        limits.note(Attempt(limits.ADD_TO_TICKET, ticket.reference), at=timezone.now())

    assert "3919" in act(texte="Mon mari me frappe.").content.decode()


class TestSameWordsOfSomebodyElse:
    """Whoever types the contact and the words of somebody else learns nothing of their ticket."""

    WORDS = ANSWERS["message"]["texte"]
    CONTACT = {"moyen": "mail", "email": "amina@exemple.fr"}

    def test_W09_the_form_shows_what_this_browser_opened_alone(self, fill, lyon_8):
        first, guesser = fill(Client(), contact=self.CONTACT), fill(Client(), contact=self.CONTACT)
        for browser in (first, guesser):
            browser.post("/demande/verifier/")
            Ticket.objects.update(maison=lyon_8)
        pages = [browser.get("/demande/enregistree/").content.decode() for browser in (first, guesser)]
        ticket = Ticket.objects.get()
        assert ticket.reference in pages[0]
        assert ticket.reference not in pages[1]
        assert lyon_8.name in pages[0]
        assert lyon_8.name not in pages[1]
        assert "dans notre premier message" in pages[1]

    def test_W09_a_mail_is_not_shown_to_who_fills_the_form_in_with_its_words(
        self, fill, make_ticket, make_person
    ):
        person = make_person(given_name="Amina", family_name="Benali", email="amina@exemple.fr")
        ticket = make_ticket(
            person=person, text=self.WORDS, topic="fsl-acces-maintien", sender="amina@exemple.fr"
        )
        guesser = fill(Client(), contact=self.CONTACT)
        guesser.post("/demande/verifier/")
        page = guesser.get("/demande/enregistree/").content.decode()
        assert Ticket.objects.get() == ticket
        assert ticket.reference not in page

    def test_the_same_browser_that_adds_a_photo_keeps_its_number(self, send):
        client = send()
        client.post("/demande/message/", {"texte": self.WORDS, "papiers": [photo()]})
        client.post("/demande/verifier/")
        page = client.get("/demande/enregistree/").content.decode()
        assert Draft.objects.count() == 2
        assert Ticket.objects.get().reference in page
