"""The composer on the ticket page: what is typed, sent, refused, shown."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from requests_app.answers.models import Draft
from requests_app.outbox.models import Outgoing
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Note, State, Ticket
from requests_app.tickets.services import receive, take

pytestmark = pytest.mark.django_db

ADDRESS = "amina.benali@exemple.fr"


@pytest.fixture
def asked(make_ticket, make_touchpoint, amina):
    ticket = make_ticket(person=amina, text=None)
    make_touchpoint(ticket, sender=ADDRESS, text="Bonjour")
    return ticket


def url_of(ticket, rest=""):
    return f"/demandes/{ticket.reference}/{rest}"


def fields(client, ticket, **given):
    composer = client.get(url_of(ticket)).context["composer"]
    return {
        "version": ticket.version,
        "token": composer.token,
        "to": f"mail:{ADDRESS}",
        "text": "Bonjour Amina.",
        **given,
    }


def words_of(answer):
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


class TestSending:
    def test_sends_and_offers_to_take_back_with_the_recipient_in_full(self, client_of, chloe, asked):
        client = client_of(chloe)
        page = client.post(url_of(asked, "repondre/"), fields(client, asked), follow=True)
        assert f"E-mail à {ADDRESS}" in words_of(page)
        undo = page.context["undo"]
        client.post(undo.action, {undo.name: undo.value})
        assert Outgoing.objects.get().state == Outgoing.State.CANCELLED
        assert client.get(url_of(asked)).context["composer"].typed.text == "Bonjour Amina."

    def test_the_way_back_closes_when_the_message_leaves(self, client_of, chloe, asked):
        client = client_of(chloe)
        sent = client.post(url_of(asked, "repondre/"), fields(client, asked))
        asked.touchpoints.filter(direction="out").update(occurred_at=timezone.now() - timedelta(seconds=11))
        assert client.get(sent.url).context["undo"] is None

    def test_O02_posted_twice_it_leaves_once(self, client_of, chloe, asked):
        client = client_of(chloe)
        given = fields(client, asked)
        addresses = {client.post(url_of(asked, "repondre/"), given).url for _ in range(2)}
        assert len(addresses) == 1
        assert Outgoing.objects.count() == 1
        assert not Draft.objects.exists()

    def test_W03_other_fields_are_refused(self, client_of, chloe, asked):
        client = client_of(chloe)
        given = fields(client, asked, sender="maire@exemple.fr")
        assert client.post(url_of(asked, "repondre/"), given).status_code == 400

    def test_a_file_leaves_with_the_answer_without_javascript(self, client_of, chloe, asked):
        client = client_of(chloe)
        file = SimpleUploadedFile("avis.pdf", b"%PDF-1.4\n%%EOF")
        client.post(url_of(asked, "repondre/"), fields(client, asked, pieces=file))
        assert Outgoing.objects.get().payload["files"][0]["name"] == "avis.pdf"


class TestRefusals:
    def test_W12_something_new_stops_it_once_and_the_text_stays(self, client_of, chloe, david, asked):
        client = client_of(chloe)
        given = fields(client, asked)
        take(ticket=Ticket.objects.get(pk=asked.pk), by=david, at=timezone.now())
        page = client.post(url_of(asked, "repondre/"), given)
        assert page.status_code == 409
        assert "David Roux a pris la demande" in words_of(page)
        composer = page.context["composer"]
        assert (composer.typed.text, composer.token) == ("Bonjour Amina.", given["token"])
        again = {**given, "version": page.context["ticket"].version}
        assert client.post(url_of(asked, "repondre/"), again).status_code == 302

    def test_W12_a_message_of_the_person_stops_it_once_and_is_shown(self, client_of, chloe, asked):
        client = client_of(chloe)
        given = fields(client, asked)
        seal = {"follows": asked.reference, "sender_kind": "email", "sender_value": ADDRESS}
        at = timezone.now()
        receive(InboundMessage(channel="mail", occurred_at=at, text="Finalement, non merci.", **seal), at=at)
        page = client.post(url_of(asked, "repondre/"), given)
        assert page.status_code == 409
        assert f"Nouveau : E-mail reçu de {ADDRESS}" in words_of(page)
        assert "Finalement, non merci." in words_of(page)
        assert page.context["composer"].typed.text == "Bonjour Amina."
        assert not Outgoing.objects.filter(kind="answer").exists()
        again = {**given, "version": page.context["ticket"].version}
        assert client.post(url_of(asked, "repondre/"), again).status_code == 302

    def test_W12_two_agents_answer_and_the_second_is_told(self, client_of, chloe, david, asked):
        first, second = client_of(chloe), client_of(david)
        hers, his = fields(first, asked), fields(second, asked, text="Moi aussi.")
        first.post(url_of(asked, "repondre/"), hers)
        page = second.post(url_of(asked, "repondre/"), his)
        assert page.status_code == 409
        assert "Chloé Martin" in words_of(page)
        assert Outgoing.objects.count() == 1

    def test_O08_a_new_address_is_warned_of_then_sent(self, client_of, chloe, asked):
        client = client_of(chloe)
        given = fields(client, asked, to="other", other="Voisine@exemple.fr")
        page = client.post(url_of(asked, "repondre/"), given)
        assert page.status_code == 422
        assert "jamais écrit" in words_of(page)
        composer = page.context["composer"]
        assert (composer.is_other, composer.other) == (True, "Voisine@exemple.fr")
        again = {**given, "confirmed": composer.confirmed}
        assert client.post(url_of(asked, "repondre/"), again).status_code == 302
        assert Outgoing.objects.get().recipient == "voisine@exemple.fr"

    def test_O08_a_new_number_is_warned_of_then_answered_by_sms(self, client_of, chloe, asked):
        client = client_of(chloe)
        given = fields(client, asked, to="other", other="06 12 34 56 78")
        page = client.post(url_of(asked, "repondre/"), given)
        assert page.status_code == 422
        assert "jamais écrit de ce numéro" in words_of(page)
        composer = page.context["composer"]
        assert (composer.is_other_number, composer.other) == (True, "06 12 34 56 78")
        again = {**given, "confirmed": composer.confirmed}
        assert client.post(url_of(asked, "repondre/"), again).status_code == 302
        sent = Outgoing.objects.get()
        assert (sent.channel, sent.recipient, sent.contact_point) == ("sms", "+33612345678", None)
        assert "{lien}" not in sent.payload["text"]  # the page opens to the person's own addresses only

    def test_S06_a_number_of_another_country_is_refused_and_the_words_stay(self, client_of, chloe, asked):
        client = client_of(chloe)
        page = client.post(
            url_of(asked, "repondre/"), fields(client, asked, to="other", other="+41791234567")
        )
        assert page.status_code == 422
        assert "vers ce pays" in words_of(page)
        assert page.context["composer"].typed.text == "Bonjour Amina."

    def test_another_address_than_the_one_confirmed_is_warned_of_too(self, client_of, chloe, asked):
        client = client_of(chloe)
        given = fields(client, asked, to="other", other="b@exemple.fr", confirmed="a@exemple.fr")
        assert client.post(url_of(asked, "repondre/"), given).status_code == 422

    @pytest.mark.parametrize("to", ["", "mail:inconnue@exemple.fr", "sms:+33612345678"])
    def test_a_recipient_that_was_not_offered_is_refused(self, client_of, chloe, asked, to):
        client = client_of(chloe)
        assert client.post(url_of(asked, "repondre/"), fields(client, asked, to=to)).status_code == 422

    def test_a_bad_file_is_refused_and_the_text_kept(self, client_of, chloe, asked):
        client = client_of(chloe)
        file = SimpleUploadedFile("x.exe", b"MZ" + b"\0" * 90)
        page = client.post(url_of(asked, "repondre/"), fields(client, asked, pieces=file))
        assert page.status_code == 422
        assert page.context["composer"].typed.text == "Bonjour Amina."


class TestDrafts:
    def test_S09_is_found_again_after_any_interruption(self, client_of, chloe, asked):
        client = client_of(chloe)
        kept = client.post(
            url_of(asked, "brouillon/reponse/"),
            {"text": "Je commence", "to": f"mail:{ADDRESS}"},
            headers={"HX-Request": "true"},
        )
        assert "Brouillon enregistré à" in words_of(kept)
        again = client_of(chloe).get(url_of(asked)).context["composer"]
        assert again.typed.text == "Je commence"

    @pytest.mark.parametrize("kind", ["reponse", "note"])
    def test_S09_keeps_what_is_pasted_with_a_nul(self, client_of, chloe, asked, kind):
        sent = {"text": "Collé\x00 d’un PDF", "to": "mail:\x00", "also_shown": "1", "also": "9" * 30}
        assert client_of(chloe).post(url_of(asked, f"brouillon/{kind}/"), sent).status_code == 302
        assert Draft.objects.get().text == "Collé d’un PDF"

    def test_a_note_has_its_own_and_loses_it_once_saved(self, client_of, chloe, asked):
        client = client_of(chloe)
        client.post(url_of(asked, "brouillon/note/"), {"text": "À vérifier"})
        assert client.get(url_of(asked)).context["composer"].note.text == "À vérifier"
        client.post(url_of(asked, "note/"), {"version": asked.version, "text": "À vérifier"})
        assert client.get(url_of(asked)).context["composer"].note.text == ""
        assert Note.objects.count() == 1

    def test_colleagues_see_who_writes_and_not_what(self, client_of, chloe, david, asked):
        client_of(chloe).post(url_of(asked, "brouillon/reponse/"), {"text": "Zygomatique"})
        page = words_of(client_of(david).get(url_of(asked)))
        assert "Chloé Martin écrit une réponse dans cette demande" in page
        assert "Zygomatique" not in page

    def test_files_join_and_leave_the_draft(self, client_of, chloe, asked):
        client = client_of(chloe)
        file = SimpleUploadedFile("avis.pdf", b"%PDF-1.4\n%%EOF")
        client.post(url_of(asked, "fichier/"), {"text": "a", "pieces": file})
        (kept,) = client.get(url_of(asked)).context["composer"].typed.files
        client.post(url_of(asked, "fichier/retirer/"), {"text": "ab", "remove": kept.id})
        typed = client.get(url_of(asked)).context["composer"].typed
        assert (typed.text, typed.files) == ("ab", [])

    def test_A07_a_file_of_a_colleague_cannot_be_taken_out(self, client_of, chloe, david, asked):
        file = SimpleUploadedFile("avis.pdf", b"%PDF-1.4\n%%EOF")
        hers = client_of(chloe)
        hers.post(url_of(asked, "fichier/"), {"text": "a", "pieces": file})
        (kept,) = hers.get(url_of(asked)).context["composer"].typed.files
        asked_of = client_of(david).post(url_of(asked, "fichier/retirer/"), {"text": "x", "remove": kept.id})
        assert asked_of.status_code == 404


class TestPage:
    def test_who_may_only_read_gets_the_note_alone(self, client_of, bruno, asked):
        page = words_of(client_of(bruno).get(url_of(asked)))
        assert "Envoyer et terminer" not in page
        assert "Enregistrer la note" in page
        assert "Votre réponse" not in page

    def test_what_did_not_arrive_is_told_with_a_way_out(self, client_of, chloe, asked):
        client = client_of(chloe)
        client.post(url_of(asked, "repondre/"), fields(client, asked))
        Outgoing.objects.update(state=Outgoing.State.FAILED, reason="Adresse refusée")
        page = client.get(url_of(asked))
        assert "votre réponse n’est pas arrivée" in words_of(page)
        client.post(url_of(asked, "reprendre-le-texte/"), {"message": page.context["stuck"].id})
        assert client.get(url_of(asked)).context["composer"].typed.text == "Bonjour Amina."

    def test_the_way_of_each_message_is_told_step_by_step(self, client_of, chloe, asked):
        client = client_of(chloe)
        client.post(url_of(asked, "repondre/"), fields(client, asked))
        Outgoing.objects.get().steps.create(at=timezone.now(), text="Accepté par le serveur d’envoi.")
        page = words_of(client.get(url_of(asked)))
        assert "Suivi de l’envoi" in page
        assert "Accepté par le serveur d’envoi." in page

    def test_models_come_filled_and_escaped(self, client_of, chloe, asked, make_model):
        make_model(name="Papier <b>", text="Bonjour {personne}, « {numero} »")
        found = words_of(client_of(chloe).post(url_of(asked, "modeles/"), {"model_words": "pap"}))
        assert f'data-text="Bonjour Amina Benali, « {asked.reference} »"' in found
        assert "<b>" not in found

    def test_the_state_of_the_list_comes_back_with_it(self, client_of, chloe, asked):
        client = client_of(chloe)
        sent = client.post(url_of(asked, "repondre/?vue=a-trier"), fields(client, asked, then="wait"))
        assert "vue=a-trier" in sent.url
        assert Ticket.objects.get(pk=asked.pk).state == State.WAITING_PERSON


class TestModelsPage:
    def test_an_administrator_writes_changes_and_retires_one(self, client_of, admin, make_model):
        client = client_of(admin)
        client.post("/modeles/nouveau/", {"name": "Accueil", "text": "Bonjour {personne},"})
        assert "Accueil" in words_of(client.get("/modeles/"))
        page = client.post("/modeles/nouveau/", {"name": "Autre", "text": "Bonjour {prénom}"})
        assert page.status_code == 422
        assert "{prénom}" in words_of(page)

    def test_a_manager_sees_all_and_changes_his_own(self, client_of, david, make_model, lyon_8):
        everyones, his = make_model(name="Tous"), make_model(name="Ici", maison=lyon_8)
        client = client_of(david)
        assert client.get(f"/modeles/{everyones.pk}/").status_code == 403
        assert client.get(f"/modeles/{his.pk}/").status_code == 200
        client.post(f"/modeles/{his.pk}/proposer/")
        his.refresh_from_db()
        assert not his.is_active
