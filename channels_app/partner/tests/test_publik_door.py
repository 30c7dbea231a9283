"""A portal brings a request and follows it: its door, end to end."""

import base64
from urllib.parse import quote

import pytest
from django.utils import timezone

from channels_app.intake.models import Arrival
from channels_app.partner.tests.conftest import DOOR, OWN_URL
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.services import close

AMINA = {"id": 3, "name": "Amina Diallo", "email": "amina@exemple.fr"}
OTHER_URL = OWN_URL.replace("14", "15")


def ticket_of(answer):
    return Ticket.objects.get(reference=answer.json()["data"]["id"])


def words_in(ticket):
    return ticket.touchpoints.get(direction="in")


@pytest.mark.django_db
class TestPost:
    def test_a_filled_form_becomes_a_ticket_and_is_answered_its_number(self, post, filled):
        answer = post(filled(user=AMINA))
        data = answer.json()["data"]
        ticket = ticket_of(answer)
        assert (answer.status_code, answer.json()["err"], data["state"]) == (200, 0, "heard")
        assert data["workflow"]["status"]["endpoint"] is False
        assert data["backoffice_url"].endswith(f"/demandes/{ticket.reference}/")
        assert (ticket.channel, ticket.person.full_name) == ("partner", "Amina Diallo")
        assert words_in(ticket).text == "message : Des gravats rue Paul-Bert depuis lundi."

    def test_the_log_of_the_ticket_says_where_it_is_there(self, post, filled):
        way = words_in(ticket_of(post(filled()))).facts["way"]
        said = " ".join(step["text"] for step in way)
        assert "9-14" in said
        assert "/backoffice/management/signaler-un-depot/14/" in said

    def test_every_field_is_read_whatever_its_kind(self, post, filled):
        fields = {
            "nature_du_depot": "Gravats",
            "nature_du_depot_raw": "3",
            "nature_du_depot_structured": {"id": "3", "text": "Gravats"},
            "urgent": True,
            "lieu": {"lat": 45.75, "lon": 4.85},
            "photos": [],
            "objets": ["Canapé", "Pneus"],
            "rien": None,
            "_unnamed": {"12": "Sans nom de variable"},
        }
        text = words_in(ticket_of(post(filled(**fields)))).text
        assert text.splitlines() == [
            "nature du depot : Gravats",
            "urgent : oui",
            "lieu : 45.75, 4.85",
            "objets : Canapé, Pneus",
            "Sans nom de variable",
        ]

    def test_its_files_come_with_it(self, post, filled):
        png = b"\x89PNG\r\n\x1a\n" + b"0" * 40
        photo = {
            "filename": "dépôt.png",
            "content_type": "image/png",
            "content": base64.b64encode(png).decode(),
        }
        answer = post(filled(message="Voir la photo du dépôt", photo=photo, autre={"filename": "perdu.pdf"}))
        touchpoint = words_in(ticket_of(answer))
        assert [file.name for file in touchpoint.attachments.all()] == ["dépôt.png"]
        assert "perdu.pdf" in str(touchpoint.remarks)

    def test_the_words_of_our_api_are_understood_when_the_workflow_adds_them(self, post, filled):
        extra = {
            "text": "La rampe du trottoir est cassée.",
            "subject": "Trottoir",
            "topic": "voirie",
            "maison": "inconnue",
            "insee": "69388",
            "person": {"given_name": "Nour", "family_name": "Haddad", "phones": ["06 39 98 12 34"]},
            "couleur": "bleu",
        }
        ticket = ticket_of(post(filled(extra=extra)))
        touchpoint = words_in(ticket)
        assert (touchpoint.text, touchpoint.sender) == ("La rampe du trottoir est cassée.", "+33639981234")
        assert (ticket.topic or ticket.proposed_topic).code == "voirie"
        assert ticket.person.full_name == "Nour Haddad"
        assert "couleur" in str(touchpoint.remarks)
        assert "maison = inconnue" in str(touchpoint.remarks)

    def test_I3_the_same_request_ten_times_is_one_ticket(self, post, filled):
        answers = [post(filled(user=AMINA) | {"last_update_time": str(n)}) for n in range(10)]
        assert {answer.json()["data"]["id"] for answer in answers} == {Ticket.objects.get().reference}
        assert Arrival.objects.count() == 1

    def test_N05_other_words_under_the_same_number_join_the_ticket(self, post, filled):
        first = ticket_of(post(filled(message="Des gravats rue Paul-Bert.", user=AMINA)))
        second = post(filled(message="Ils sont maintenant sur la route.", user=AMINA))
        again = post(filled(message="Ils sont maintenant sur la route.", user=AMINA))
        assert ticket_of(second) == ticket_of(again) == first
        assert Touchpoint.objects.filter(ticket=first, direction="in").count() == 2

    def test_M07_another_person_under_the_same_number_is_another_ticket(self, post, filled):
        first = ticket_of(post(filled(message="Des gravats rue Paul-Bert.", user=AMINA)))
        other = {"id": 4, "name": "Jean Roux", "email": "jean@exemple.fr"}
        second = ticket_of(post(filled(message="Donnez-moi tout ce dossier.", user=other)))
        assert second != first

    def test_two_requests_of_one_person_are_two_tickets(self, post, filled):
        first = post(filled(message="Des gravats rue Paul-Bert.", user=AMINA))
        second = post(filled(message="Un lampadaire éteint.", url=OTHER_URL, user=AMINA))
        assert ticket_of(first) != ticket_of(second)

    def test_what_is_absurdly_long_or_of_another_kind_is_heard_all_the_same(self, post, filled):
        person = {
            "given_name": "a" * 5_000,
            "family_name": ["x"],
            "mails": [1, "faux", "a@b.fr"],
            "phones": {},
        }
        extra = dict.fromkeys(("subject", "topic", "maison", "address", "insee", "language"), "z" * 9000)
        fields = {f"champ_{n}": {"a": [{"b": {"c": "d"}}]} for n in range(200)} | {"mot": "x\0y" * 50_000}
        answer = post(filled(extra=extra | {"person": person}, **fields))
        assert answer.json()["data"]["state"] == "heard"
        assert words_in(ticket_of(answer)).sender == "a@b.fr"

    @pytest.mark.parametrize(
        "raw", [b"\xff\xfe", b"[]", b"{}", b'{"url": "x"}', b"[" * 5000, b'{"fields": {}}']
    )
    def test_I2_what_is_no_request_waits_in_quarantine(self, post, raw):
        answer = post(raw)
        assert (answer.status_code, answer.json()["data"]["id"]) == (200, None)
        assert Arrival.objects.get().state == Arrival.State.QUARANTINED
        assert bytes(Arrival.objects.get().raw.data) == raw


@pytest.mark.django_db
class TestRefusals:
    @pytest.mark.parametrize("wrong", [{"key": "autre"}, {"orig": "ailleurs.fr"}])
    def test_S01_a_stranger_is_refused_before_anything_is_stored(self, post, filled, signed, wrong):
        answer = post(filled(), to=signed(**wrong))
        assert (answer.status_code, answer.json()["err"]) == (403, 1)
        assert not Arrival.objects.exists()

    def test_S01_without_a_portal_the_door_is_closed(self, post, filled, settings):
        settings.PUBLIK_PORTALS = ""
        assert post(filled()).status_code == 403

    def test_S01_a_signature_brings_one_body(self, post, filled, signed):
        """It covers the address and no body: seen in a log, it must bring nothing else."""
        to = signed()
        assert post(filled(), to=to).status_code == 200
        assert post(filled(), to=to).status_code == 200
        assert post(filled(message="Autre chose", url=OTHER_URL), to=to).status_code == 403
        assert Arrival.objects.count() == 1

    @pytest.mark.parametrize("verb", ["put", "patch", "delete"])
    def test_other_verbs_are_refused(self, client, verb):
        assert getattr(client, verb)(DOOR).status_code == 405


@pytest.mark.django_db
class TestFollowing:
    def ask(self, client, signed, url):
        return client.get(signed(f"{DOOR}?url={quote(url, safe='')}"))

    def test_a_portal_follows_its_request_to_the_end(self, client, post, filled, signed, central):
        ticket = ticket_of(post(filled()))
        status = self.ask(client, signed, OWN_URL).json()["data"]["workflow"]["status"]
        assert (status["id"], status["endpoint"]) == (ticket.state, False)
        close(ticket=ticket, by=central, outcome="answered", reason="", at=timezone.now())
        status = self.ask(client, signed, OWN_URL).json()["data"]["workflow"]["status"]
        assert (status["id"], status["endpoint"]) == ("closed", True)

    def test_A01_it_follows_no_other(self, client, post, filled, signed, settings):
        post(filled())
        settings.PUBLIK_PORTALS += " https://x:autre@ailleurs.fr"
        url = f"{DOOR}?url={quote(OWN_URL, safe='')}"
        assert client.get(signed(url, orig="ailleurs.fr", key="autre")).status_code == 404
        assert self.ask(client, signed, OTHER_URL).status_code == 404
        assert client.get(signed()).status_code == 404

    def test_A03_it_says_neither_topic_nor_words(self, client, post, filled, signed):
        ticket = ticket_of(post(filled(message="Mon mari me frappe.")))
        said = self.ask(client, signed, OWN_URL).content.decode()
        assert "frappe" not in said
        assert set(self.ask(client, signed, OWN_URL).json()["data"]) == {
            "id",
            "display_id",
            "arrival",
            "state",
            "backoffice_url",
            "workflow",
        }
        assert ticket.reference in said


@pytest.mark.django_db
class TestHalfCharacters:
    """Half a character, as a cut field leaves it, or bytes that are no UTF-8: the words remain."""

    @pytest.mark.parametrize("raw", ["Un dépôt \\ud83d", "Un dépôt \\uD83D rue Bert \\udc00"])
    def test_W03_in_the_words(self, post, raw):
        body = f'{{"fields": {{"message": "{raw}", "\\udc00": "x"}}, "user": {{"name": "A\\ud800"}}}}'
        ticket = ticket_of(post(body.encode()))
        assert words_in(ticket).text.startswith("message : Un dépôt ?")

    def test_I1_in_the_address_of_the_request(self, post, filled):
        first = post(filled(url=f"{OWN_URL}\ud83d"))
        again = post(filled(url=f"{OWN_URL}\ud83d"))
        assert first.json()["data"]["state"] == "heard"
        assert ticket_of(again) == ticket_of(first)

    def test_in_bytes_that_are_no_utf8(self, post):
        ticket = ticket_of(post(b'{"fields": {"message": "Un d\xe9p\xf4t rue Bert"}}'))
        assert words_in(ticket).text == "message : Un d�p�t rue Bert"

    def test_a_whole_character_in_two_escapes_is_kept(self, post):
        ticket = ticket_of(post(b'{"fields": {"message": "Un banc \\ud83e\\ude91"}}'))
        assert words_in(ticket).text == "message : Un banc 🪑"
