import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from channels_app.portal import codes, services
from channels_app.portal.models import CodeAsk
from channels_app.portal.tests.test_asking import photo
from requests_app.feedback.models import FeltExperience
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing, SecretLink
from requests_app.people.models import Person
from requests_app.people.services import remove_point
from requests_app.people.services.points import etag_of_point
from requests_app.tickets.models import Attachment, Event, Note, State, Ticket, Touchpoint
from requests_app.tickets.services import close, cut_links, merge_tickets

pytestmark = pytest.mark.django_db
EMAIL = "amina@exemple.fr"


@pytest.fixture
def amina(make_person):
    return make_person(given_name="Amina", family_name="Benali", email=EMAIL)


@pytest.fixture
def ticket(make_ticket, amina, settings):
    settings.LIMITS_ON = False
    made = make_ticket(person=amina, text=None, topic="fsl-acces-maintien")
    Touchpoint.objects.create(
        ticket=made, channel="mail", sender=EMAIL, text="Ma facture", reply_text="Ma facture",
        occurred_at=made.received_at, recorded_at=made.received_at,
    )  # fmt: skip
    return made


def secret_of(ticket, key="acknowledgment:test"):
    links.link_for(key, "ticket", ticket.pk, timezone.now())
    return links.insert_links("{lien}", Outgoing(key=key)).rpartition("/")[2]


@pytest.fixture
def page(ticket, client):
    secret = secret_of(ticket)
    return lambda: client.get(f"/suivi/{secret}/").content.decode()


@pytest.fixture
def act(ticket, client):
    secret = secret_of(ticket)
    return lambda action, **data: client.post(f"/suivi/{secret}/{action}/", data)


class TestLink:
    def test_B3_the_link_of_a_message_opens_the_page_in_one_tap(self, ticket, client):
        answer = client.get(f"/s/{secret_of(ticket)}", follow=True)
        assert ticket.reference in answer.content.decode()
        assert [status for _url, status in answer.redirect_chain] == [302]

    def test_the_acknowledgment_of_a_form_carries_it_and_the_thread_does_not(self, send):
        send(contact={"moyen": "mail", "email": EMAIL})
        outgoing = Outgoing.objects.get()
        assert links.PLACEHOLDER in outgoing.payload["text"]
        [secret] = re.findall(r"/s/([\w-]{22})", links.insert_links(outgoing.payload["text"], outgoing))
        assert links.resolve(secret, timezone.now()) == ("ticket", Ticket.objects.get().pk)
        shown = Touchpoint.objects.get(direction="out").text
        assert "[lien de suivi]" in shown
        assert secret not in shown

    def test_the_same_by_sms_when_a_phone_is_given(self, send):
        send()
        outgoing = Outgoing.objects.get()
        assert (outgoing.channel, outgoing.recipient) == ("sms", "+33639981234")
        assert "Suivi : {lien}" in outgoing.payload["text"]

    def test_who_wants_calls_only_gets_no_sms(self, send):
        send(contact={"usage": "appel"})
        assert Outgoing.objects.get().state == Outgoing.State.REFUSED

    def test_W09_an_old_link_shows_nothing(self, ticket, client):
        secret = secret_of(ticket)
        SecretLink.objects.update(expires_at=timezone.now())
        assert client.get(f"/suivi/{secret}/").status_code == 404
        assert client.post(f"/suivi/{secret}/retirer/").status_code == 404
        assert Ticket.objects.get().is_open

    def test_W09_no_copy_stays_in_the_browser(self, ticket, client):
        headers = client.get(f"/suivi/{secret_of(ticket)}/").headers
        assert "no-store" in headers["Cache-Control"]
        assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}

    def test_its_cost_does_not_grow_with_its_messages(
        self, ticket, client, make_touchpoint, django_assert_max_num_queries
    ):
        path = f"/suivi/{secret_of(ticket)}/"
        for _ in range(30):
            make_touchpoint(ticket, sender=EMAIL)
        with django_assert_max_num_queries(8):
            client.get(path)


class TestCode:
    def ask(self, number):
        client = Client()
        answer = client.post("/suivi/", {"numero": number})
        assert answer.url == "/suivi/code/"
        services.send_codes(at=timezone.now() + timedelta(seconds=10))
        return client

    def code(self):
        outgoing = Outgoing.objects.get(kind=Outgoing.Kind.CODE)
        [code] = re.findall(r": (\d{6})", links.insert_links(outgoing.payload["text"], outgoing))
        return code

    @pytest.mark.parametrize("spelled", [str, str.lower, lambda r: r[4:], lambda r: r.replace("-", " ")])
    def test_W09_a_number_and_the_code_sent_to_the_contact_on_file_open_the_page(self, ticket, spelled):
        client = self.ask(spelled(ticket.reference))
        answer = client.post("/suivi/code/", {"code": self.code()}, follow=True)
        assert ticket.reference in answer.content.decode()

    def test_W09_the_code_is_nowhere_in_the_database(self, ticket):
        self.ask(ticket.reference)
        code = self.code()
        assert code not in str(list(Outgoing.objects.values("payload")))
        assert "[code]" in Touchpoint.objects.get(direction="out").text

    def test_W09_the_answer_and_the_work_are_the_same_for_a_number_that_does_not_exist(
        self, ticket, django_assert_num_queries
    ):
        pages = []
        for number in (ticket.reference, "LYN-222222"):
            client = Client()
            with django_assert_num_queries(1):
                asked = client.post("/suivi/", {"numero": number})
            with django_assert_num_queries(2):
                wrong = client.post("/suivi/code/", {"code": "000000x"})
            body = re.sub(r'value="[\w]{64}"', "", wrong.content.decode())
            pages.append((asked.status_code, asked.url, wrong.status_code, body))
        assert pages[0] == pages[1]
        services.send_codes(at=timezone.now() + timedelta(seconds=10))
        assert Outgoing.objects.count() == 1

    def test_W09_a_code_works_once(self, ticket):
        client = self.ask(ticket.reference)
        token = client.cookies["gru_code"].value
        code = self.code()
        client.post("/suivi/code/", {"code": code})
        client.cookies["gru_code"] = token
        assert "Ce n’est pas le bon code" in client.post("/suivi/code/", {"code": code}).content.decode()

    @pytest.mark.parametrize("exists", [True, False])
    def test_W09_after_five_tries_one_waits_even_with_the_right_code(self, ticket, settings, exists):
        settings.LIMITS_ON = True
        client = self.ask(ticket.reference if exists else "LYN-222222")
        for _ in range(5):
            assert client.post("/suivi/code/", {"code": "x"}).status_code == 200
        answer = client.post("/suivi/code/", {"code": self.code() if exists else "1"})
        assert answer.status_code == 429
        other = self.ask(ticket.reference if exists else "LYN-222222")
        assert other.post("/suivi/code/", {"code": "x"}).status_code == 429

    def test_W09_asking_again_and_again_is_limited_for_any_number(self, ticket, settings):
        settings.LIMITS_ON = True
        for number in (ticket.reference, "LYN-222222"):
            told = [Client().post("/suivi/", {"numero": number}).status_code for _ in range(6)]
            assert told == [302] * 5 + [429]

    def test_a_page_opened_by_a_code_closes_after_half_an_hour(self, ticket):
        client = self.ask(ticket.reference)
        path = client.post("/suivi/code/", {"code": self.code()}).url
        SecretLink.objects.filter(purpose=codes.SURE).update(expires_at=timezone.now())
        assert client.get(path).status_code == 404

    def test_N06_a_code_sent_to_an_address_that_is_theirs_no_more_opens_nothing(self, ticket, amina, chloe):
        client = self.ask(ticket.reference)
        code, point = self.code(), amina.contact_points.get()
        remove_point(point=point, seen=etag_of_point(point), by=chloe, at=timezone.now())

        assert "Ce n’est pas le bon code" in client.post("/suivi/code/", {"code": code}).content.decode()
        self.ask(ticket.reference)
        assert Outgoing.objects.count() == 1, "the first code, and none after it"

    @pytest.mark.parametrize("by_agent", [True, False])
    def test_N06_nor_does_the_page_that_it_opened(self, ticket, amina, chloe, by_agent):
        client = self.ask(ticket.reference)
        path = client.post("/suivi/code/", {"code": self.code()}).url
        assert client.get(path).status_code == 200
        point = amina.contact_points.get()
        if by_agent:
            cut_links(ticket=ticket, by=chloe, at=timezone.now())
        else:
            remove_point(point=point, seen=etag_of_point(point), by=chloe, at=timezone.now())

        assert client.get(path).status_code == 404

    def test_N06_W09_a_link_that_was_cut_says_what_an_unknown_one_says(self, ticket, client, chloe):
        secret = secret_of(ticket)
        cut_links(ticket=ticket, by=chloe, at=timezone.now())

        for page in ("/s/%s", "/suivi/%s/"):
            told = [client.get(page % each) for each in (secret, "x" * 22)]
            assert [answer.status_code for answer in told] == [404, 404]
            pages = [re.sub(r'value="\w{64}"', "", answer.content.decode()) for answer in told]
            assert pages[0].replace(secret, "x" * 22) == pages[1]

    def test_what_is_no_number_is_said_in_words(self, client):
        assert "Écrivez votre numéro" in client.post("/suivi/", {"numero": "bonjour"}).content.decode()

    def test_old_asks_are_forgotten(self, ticket):
        self.ask(ticket.reference)
        CodeAsk.objects.update(expires_at=timezone.now() - timedelta(days=2))
        services.forget(at=timezone.now())
        assert not CodeAsk.objects.exists()

    def test_a_number_without_any_contact_sends_nothing(self, make_ticket):
        made = make_ticket(text=None)
        self.ask(made.reference)
        assert not Outgoing.objects.exists()


class TestSensitive:
    @pytest.fixture
    def hidden(self, ticket):
        Ticket.objects.update(is_sensitive=True)
        return ticket

    def test_W09_A03_the_link_alone_shows_nothing(self, hidden, client):
        page = client.get(f"/suivi/{secret_of(hidden)}/").content.decode()
        assert "Recevoir un code" in page
        assert hidden.reference not in page
        assert "facture" not in page

    def test_W09_nor_does_it_act(self, hidden, client):
        secret = secret_of(hidden)
        for action in ("message", "retirer"):
            assert client.post(f"/suivi/{secret}/{action}/", {"texte": "x"}).url == "/suivi/code/"
        assert Ticket.objects.get().is_open
        assert Touchpoint.objects.filter(direction="in").count() == 1

    def test_W09_A03_nor_does_an_opinion_that_is_refused(self, hidden, client):
        answer = client.post(f"/suivi/{secret_of(hidden)}/avis/", {"ressenti": "x"})
        page = answer.content.decode()
        assert "Choisissez un visage" in page
        assert hidden.reference not in page
        assert "facture" not in page

    def test_its_code_opens_it_without_naming_the_place(self, hidden, client):
        client.post(f"/suivi/{secret_of(hidden)}/code/")
        services.send_codes(at=timezone.now() + timedelta(seconds=10))
        outgoing = Outgoing.objects.get(kind=Outgoing.Kind.CODE)
        answer = client.post("/suivi/code/", {"code": links.code_of(outgoing.key)}, follow=True)
        page = answer.content.decode()
        assert hidden.reference in page
        assert hidden.maison.name not in page


def outgoing(key, **fields):
    now = timezone.now()
    whole = {"recipient": EMAIL, "created_at": now, "try_after": now, "give_up_at": now, **fields}
    return Outgoing.objects.create(key=key, message_id=key, kind="answer", channel="mail", **whole)


class TestLetters:
    def test_W09_shows_her_words_and_the_answers_that_left_and_nothing_else(
        self, ticket, page, chloe, make_touchpoint
    ):
        answer, waiting = outgoing("a", state="sent"), outgoing("b")
        other = outgoing("c", state="sent", recipient="bailleur@exemple.fr")
        make_touchpoint(ticket, text="Réponse partie", direction="out", outgoing=answer)
        make_touchpoint(ticket, text="Pas encore partie", direction="out", outgoing=waiting)
        make_touchpoint(ticket, text="Écrit au bailleur", direction="out", outgoing=other)
        make_touchpoint(ticket, text="Mot du bailleur", sender="bailleur@exemple.fr")
        make_touchpoint(ticket, text="Dit au guichet : secret", channel="frontdesk", sender="")
        Note.objects.create(ticket=ticket, author=chloe, text="Note interne", created_at=timezone.now())
        shown = page()
        for words in ("Ma facture", "Réponse partie", "Visite à l’accueil"):
            assert words in shown
        for words in ("Pas encore", "bailleur", "guichet", "Note interne"):
            assert words not in shown

    def test_W15_what_people_write_is_text(self, ticket, page, make_touchpoint):
        make_touchpoint(ticket, text="<script>alert(1)</script>", sender=EMAIL)
        assert "<script>alert" not in page()


class TestActing:
    def test_B4_a_photo_joins_the_demand_and_a_demand_that_waited_is_ours_again(self, ticket, act, page):
        Ticket.objects.update(state=State.WAITING_PERSON)
        assert "À faire par vous" in page()
        answer = act("message", papiers=[photo()], cle="0b0f7b1e-0000-4000-8000-000000000001")
        assert answer.url.endswith("?fait=papier")
        assert Attachment.objects.get().name == "facture.jpg"
        ticket.refresh_from_db()
        assert (ticket.state, ticket.files_count) == (State.OPEN, 1)

    def test_a_message_joins_the_demand_with_her_name(self, ticket, act, page):
        act("message", texte="Avez-vous reçu ?")
        assert "Avez-vous reçu ?" in page()
        assert (Ticket.objects.count(), Person.objects.count()) == (1, 1)

    def test_W01_the_same_message_twice_is_one(self, ticket, act):
        for _ in range(2):
            act("message", texte="Une fois", cle="0b0f7b1e-0000-4000-8000-000000000002")
        assert Touchpoint.objects.filter(text="Une fois").count() == 1

    def test_nothing_typed_is_said_in_words(self, ticket, act):
        assert "Écrivez un message ou choisissez une photo." in act("message", texte=" ").content.decode()

    def test_a_message_after_the_end_opens_it_again(self, ticket, act, chloe):
        close(ticket=ticket, outcome="answered", by=chloe, at=timezone.now())
        act("message", texte="Ce n’est pas fini")
        assert Ticket.objects.get().state == State.OPEN

    def test_it_is_withdrawn_and_kept_after_all_where_it_was(self, ticket, act, page):
        since = ticket.waiting_since
        act("retirer")
        assert "Vous avez retiré votre demande" in page()
        act("garder")
        ticket.refresh_from_db()
        assert (ticket.state, ticket.outcome, ticket.waiting_since) == (State.TO_SORT, "", since)
        assert Event.objects.filter(ticket=ticket, by=None).count() == 2

    def test_what_an_agent_ended_is_not_taken_back_by_a_button(self, ticket, act, chloe):
        close(ticket=ticket, outcome="withdrawn", by=chloe, at=timezone.now())
        assert "Un agent a terminé cette demande" in act("garder").content.decode()

    def test_W06_reading_the_page_changes_nothing(self, ticket, client):
        secret = secret_of(ticket)
        for action in ("message", "retirer", "garder", "avis"):
            assert client.get(f"/suivi/{secret}/{action}/").status_code == 405
        assert client.post(f"/suivi/{secret}/fermer/").status_code == 404

    def test_W06_a_form_of_another_site_is_refused(self, ticket):
        client = Client(enforce_csrf_checks=True)
        assert client.post(f"/suivi/{secret_of(ticket)}/retirer/").status_code == 403
        assert Ticket.objects.get().is_open


class TestFelt:
    @pytest.mark.parametrize(("said", "level"), [("1", 1), ("5", 5), ("non", None)])
    def test_one_of_five_faces_or_no_answer(self, ticket, act, said, level):
        answer = act("avis", ressenti=said, phrase="  Bien reçue ")
        assert "/avis/" in answer.url
        felt = FeltExperience.objects.get()
        assert (felt.level, felt.sentence) == (level, "Bien reçue")

    @pytest.mark.parametrize("said", ["", "6", "0", "très bien"])
    def test_anything_else_is_said_in_words(self, ticket, act, said):
        assert "Choisissez un visage" in act("avis", ressenti=said).content.decode()

    def test_the_last_word_counts(self, ticket, act):
        act("avis", ressenti="1")
        act("avis", ressenti="4")
        assert FeltExperience.objects.get().level == 4

    def test_thanked_one_may_go_back_or_change_it(self, ticket, act, client):
        page = client.get(act("avis", ressenti="4").url)
        assert "Merci, c’est noté." in page.content.decode()
        assert "Comment s’est passé" not in page.content.decode()
        for words in ("Voir ma demande", "Changer mon avis"):
            assert words in page.content.decode()

    def test_A03_the_page_of_the_opinion_shows_nothing_of_the_demand(self, ticket, client):
        Ticket.objects.update(is_sensitive=True)
        secret = secret_of(ticket)
        client.post(f"/suivi/{secret}/avis/", {"ressenti": "2", "phrase": "Ma phrase"})
        page = client.get(f"/avis/{secret}/").content.decode()
        assert "Comment s’est passé" in page
        assert ticket.reference not in page
        assert "Ma phrase" not in page


class TestStates:
    @pytest.mark.parametrize(
        ("state", "words"),
        [
            ("to_sort", "Nous avons bien reçu votre demande"),
            ("open", "Nous étudions votre demande"),
            ("waiting_person", "Nous attendons une réponse de vous"),
            ("waiting_other", "Un autre service étudie votre demande"),
        ],
    )
    def test_each_has_one_plain_sentence(self, ticket, page, state, words):
        Ticket.objects.update(state=state)
        assert f"<h1>{words}</h1>" in page()

    @pytest.mark.parametrize(
        "outcome", ["answered", "oriented", "transferred", "withdrawn", "duplicate", "unwanted"]
    )
    def test_so_has_each_end(self, ticket, page, outcome):
        Ticket.objects.update(state="closed", outcome=outcome, closed_at=timezone.now())
        assert re.search(r"<h1>[^<]{10,}</h1>", page())


class TestMerged:
    """A request that goes on in another one: its link leads where the answers are."""

    @pytest.fixture
    def goes_on(self, ticket, make_ticket, central):
        def merge(**fields):
            other = make_ticket(**{"person": ticket.person, "text": None, **fields})
            merged = {"merged": ticket, "survivor": other, "is_two_persons": True}
            merge_tickets(**merged, by=central, at=timezone.now())
            return Ticket.objects.get(pk=other.pk)

        return merge

    def test_the_page_says_under_which_number_and_shows_both_words(self, ticket, goes_on, page):
        other = goes_on()
        shown = page().replace("\xa0", " ")
        assert f"Votre demande {ticket.reference} continue sous le numéro {other.reference}." in shown
        assert "Ma facture" in shown

    def test_what_is_written_there_joins_the_one_that_goes_on(self, ticket, goes_on, act):
        other = goes_on()
        act("message", texte="Voici autre chose")
        assert other.touchpoints.get(channel="portal").text == "Voici autre chose"
        assert not ticket.touchpoints.filter(channel="portal").exists()

    def test_W09_of_another_person_nothing_is_shown(self, ticket, goes_on, page, act, make_person):
        other = goes_on(person=make_person(given_name="Koffi", email="koffi@exemple.fr"))
        shown = page().replace("\xa0", " ")
        assert other.reference not in shown
        assert "Nous suivons cette demande avec une autre sur le même sujet" in shown
        act("message", texte="Voici autre chose")
        assert other.touchpoints.get(channel="portal").text == "Voici autre chose"

    def test_N06_cut_there_it_opens_nothing(self, ticket, goes_on, client, central):
        secret = secret_of(ticket)
        cut_links(ticket=goes_on(), by=central, at=timezone.now())
        assert client.get(f"/suivi/{secret}/").status_code == 404

    def test_W09_one_that_is_reserved_asks_for_a_code(self, ticket, goes_on, page):
        goes_on(topic="enfance-danger")
        assert "Ma facture" not in page()
