"""A person writes: a ticket at the first line, each line once, the page goes on anywhere (S08, N05)."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from channels_app.chat import limits, writing
from channels_app.chat.models import Line, Thread
from channels_app.chat.tests.conftest import FIRST, Writer
from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from requests_app.outbox.models import Outgoing, SecretLink
from requests_app.people.models import ContactPoint
from requests_app.tickets.models import Ticket, Touchpoint

pytestmark = pytest.mark.django_db
IN = Touchpoint.Direction.IN


def test_S08_the_first_line_opens_a_ticket_with_its_number_and_link(writer):
    response = writer.start()
    ticket = Ticket.objects.get()
    assert response.status_code == 303
    assert len(writer.path.split("/")[2]) == 22
    assert ticket.channel == "chat"
    assert ticket.reference in writer.page().content.decode()
    assert writer.lines() == [("in", FIRST)]


def test_W09_the_link_is_stored_hashed(writer):
    writer.start()
    secret = writer.path.split("/")[2]
    link = SecretLink.objects.get(purpose="chat")
    assert secret not in (link.key, link.secret_hash)
    assert link.expires_at - link.created_at == timedelta(days=30)


def test_S08_the_same_first_line_twice_is_one_thread(writer):
    name = str(uuid4())
    first, again = writer.start(client_id=name), Writer().start(client_id=name)
    assert first.url == again.url
    assert (Thread.objects.count(), Ticket.objects.count(), Line.objects.count()) == (1, 1, 1)


def test_W09_an_id_that_anybody_may_guess_opens_no_thread_of_somebody_else(writer):
    writer.start(client_id="1")
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    response = stranger.post("/chat/", {"text": FIRST, "client_id": "1"})
    assert response.status_code == 303
    assert response.url != writer.path


def test_N05_the_same_id_with_other_words_is_another_line(talk):
    talk.write("Je viens mardi.", "a")
    talk.write("Je viens mardi.", "a")
    talk.write("Je viens mercredi.", "a")
    assert [text for _way, text in talk.lines()] == [FIRST, "Je viens mardi.", "Je viens mercredi."]
    assert Touchpoint.objects.filter(direction=IN).count() == 3
    assert Ticket.objects.count() == 1


def test_N05_back_to_the_first_page_and_other_words_is_another_line(writer):
    name = str(uuid4())
    first = writer.start(client_id=name)
    again = writer.start("Autre chose encore.", client_id=name)
    assert again.url == first.url
    assert [text for _way, text in writer.lines()] == [FIRST, "Autre chose encore."]


def test_the_same_short_words_twice_are_two_lines(talk):
    for name in ("a", "b"):
        talk.write("oui", name)
    assert [text for _way, text in talk.lines()] == [FIRST, "oui", "oui"]


def test_another_device_opens_the_same_thread_by_the_link(talk):
    other = Writer()
    other.path = talk.path
    other.write("Depuis mon téléphone.", "x")
    assert talk.lines() == [("in", FIRST), ("in", "Depuis mon téléphone.")]


def test_a_thread_without_contact_has_no_person_and_its_lines_stay_together(talk):
    talk.write("Une suite.", "b")
    ticket = Ticket.objects.get()
    assert ticket.person is None
    assert set(ticket.touchpoints.values_list("sender", flat=True)) == {f"tchat-{talk.thread.pk}"}


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        (" Amina@Exemple.fr ", "email", "Amina@exemple.fr"),
        ("06 39 98 12 34", "phone", "+33639981234"),
        ("0033 6 39 98 12 34", "phone", "+33639981234"),
    ],
)
def test_a_contact_is_where_the_acknowledgment_goes(writer, typed, kind, value):
    writer.start(contact=typed)
    point = ContactPoint.objects.get()
    assert (point.kind, point.value.lower()) == (kind, value.lower())
    assert Ticket.objects.get().person == point.person
    assert Outgoing.objects.get(kind="acknowledgment").recipient == point.value


@pytest.mark.parametrize("typed", ["0478634040", "pas un contact", "a@", "+1 900 555 0199", "3210", "\x00"])
def test_S06_a_contact_that_nothing_reaches_is_refused_in_words_and_nothing_is_lost(writer, typed):
    response = writer.start(contact=typed)
    page = response.content.decode()
    if typed == "\x00":
        assert response.status_code in {303, 400, 422}
        return
    assert response.status_code == 422
    assert "Écrivez" in page or "Nous n’envoyons pas" in page
    assert FIRST in page
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "a" * (writing.MAX_LENGTH + 1)])
def test_nothing_or_too_much_is_refused_in_words(writer, talk, typed):
    for response in (writer.client.post("/chat/", {"text": typed}), talk.write(typed)):
        assert response.status_code == 422
        assert "Il y a un problème" in response.content.decode()
    assert Line.objects.count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "{lien} {% now %}",
        "مرحبا، أحتاج مساعدة",
        "👩‍👩‍👧 é ß ﷽",
        "a\r\nb",
        "'; --",
    ],
)
def test_any_words_come_back_as_they_were_typed(writer, typed):
    writer.start(typed)
    assert writer.lines() == [("in", typed.replace("\r\n", "\n"))]
    assert "<script>alert" not in writer.page().content.decode()


@pytest.mark.parametrize("after", ["0", "", "x", "-1", "9" * 30, "1e3", "٣"])
def test_a_poll_accepts_any_after(talk, after):
    response = talk.client.get(f"{talk.path}messages/?after={after}", headers={"Accept": "application/json"})
    assert response.status_code == 200


def test_the_poll_says_what_the_law_of_machines_says(talk):
    said = talk.poll().json()
    assert set(said) == {"reference", "state", "available", "numbers", "messages"}
    assert said["reference"] == Ticket.objects.get().reference
    assert (said["state"], said["available"], said["numbers"]) == ("to_sort", False, [])
    [line] = said["messages"]
    assert set(line) == {"id", "direction", "text", "at", "client_id"}
    assert (line["direction"], line["text"], line["client_id"]) == ("in", FIRST, "first")


def test_a_poll_costs_nothing_more_when_nothing_changed(talk, django_assert_num_queries):
    etag = talk.poll().headers["ETag"]
    with django_assert_num_queries(2):  # the link, the thread
        assert talk.poll(**{"If-None-Match": etag}).status_code == 304
    talk.write("Encore un mot.", "b")
    changed = talk.poll(**{"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_without_json_the_poll_gives_the_lines_of_the_list(talk):
    last = talk.poll().json()["messages"][0]["id"]
    talk.write("Encore un mot.", "b")
    html = talk.client.get(f"{talk.path}messages/?after={last}").content.decode()
    assert html.count("<li ") == 1
    assert "Encore un mot." in html


def test_a_line_that_is_not_parsed_yet_is_on_the_page_all_the_same(writer, monkeypatch):
    monkeypatch.setattr("channels_app.chat.writing.process_stored", lambda **_all: None)
    writer.start()
    assert writer.lines() == [("in", FIRST)]
    assert "Votre message est enregistré" in writer.page().content.decode()
    writer.write("La suite de ma question.", "b")
    intake.sweep(at=timezone.now() + timedelta(minutes=1))
    assert Ticket.objects.count() == 1
    assert [text for _way, text in writer.lines()] == [FIRST, "La suite de ma question."]
    assert Ticket.objects.get().reference in writer.page().content.decode()


def test_N12_words_of_danger_show_the_numbers_at_once(writer):
    writer.start("Mon mari me frappe, j’ai peur.")
    page, said = writer.page().content.decode(), writer.poll().json()
    assert Ticket.objects.get().is_sensitive
    assert "3919" in page
    assert "3919" in json.dumps(said["numbers"])


def test_W09_a_sensitive_thread_opens_in_its_own_browser_alone(writer):
    writer.start("Mon mari me frappe, j’ai peur.")
    other = Writer()
    other.path = writer.path
    assert writer.page().status_code == 200
    page = other.page()
    assert page.status_code == 403
    assert "frappe" not in page.content.decode()
    assert "17" in page.content.decode()
    assert other.poll().status_code == 404
    assert other.write("Je suis lui.", "z").status_code == 403


def test_W09_a_browser_that_opened_the_link_reads_no_more_once_it_is_sensitive(writer):
    writer.start()
    other = Writer()
    other.path = writer.path
    assert (other.page().status_code, other.poll().status_code) == (200, 200)
    Ticket.objects.update(is_sensitive=True)
    assert other.poll().status_code == 404  # the page loads itself again, and says what to do
    assert "le navigateur où vous l’avez commencée" in other.page().content.decode()
    assert other.write("Et moi ?", "z").status_code == 403
    assert (writer.page().status_code, writer.poll().status_code) == (200, 200)


@pytest.mark.parametrize("text", ["\u200b\u200d", " \u2060\n\ufeff ", "\u202e\u00ad", "\u3164", "\u0301"])
def test_what_nobody_sees_is_no_message(writer, text):
    assert writer.start(text).status_code == 422
    writer.start()
    assert writer.write(text).status_code == 422
    assert writer.lines() == [("in", FIRST)]


@pytest.mark.parametrize("text", ["👍", "👨‍👩‍👧", "?", "٣", "می‌خواهم", "é"])
def test_one_visible_character_is_a_message(writer, text):
    assert writer.start(text).status_code == 303
    assert writer.lines() == [("in", text)]


@pytest.mark.parametrize("secret", ["x" * 22, "A-_" + "b" * 19])
def test_an_invented_link_opens_nothing(client, db, secret):
    assert client.get(f"/chat/{secret}/").status_code == 404
    assert client.get(f"/chat/{secret}/messages/").status_code == 404
    assert client.post(f"/chat/{secret}/", {"text": "a"}).status_code == 404


def test_a_link_of_another_purpose_opens_no_thread(client, make_ticket):
    from requests_app.outbox import links

    at = timezone.now()
    secret = links.open_page("k", "ticket", make_ticket().pk, until=at + timedelta(days=1), at=at)
    assert client.get(f"/chat/{secret}/").status_code == 404


def test_W02_a_robot_is_stopped_and_told_the_phone_number(territory):
    for number in range(limits.THREADS_BY_CALLER):
        assert Writer().start(f"Demande numéro {number}", str(uuid4())).status_code == 303
    refused = Writer().start("Encore une demande", str(uuid4()))
    assert refused.status_code == 429
    assert "04 78 63 40 40" in refused.content.decode()
    elsewhere = Client(REMOTE_ADDR="203.0.113.9").post("/chat/", {"text": "Bonjour à vous"})
    assert elsewhere.status_code == 303


def test_S06_one_contact_causes_few_messages(territory):
    for number in range(limits.THREADS_BY_CONTACT):
        Writer().start(f"Demande numéro {number}", str(uuid4()), "06 39 98 12 34")
    assert Writer().start("Encore une demande", str(uuid4()), "06 39 98 12 34").status_code == 429


def test_W02_one_thread_takes_so_many_lines_an_hour(talk, monkeypatch):
    monkeypatch.setattr(limits, "LINES_BY_THREAD", 2)
    assert talk.write("Deuxième ligne", "b").status_code == 303
    assert talk.write("Troisième ligne", "c").status_code == 429
    assert talk.write("Deuxième ligne", "b").status_code == 303  # known: only confirmed again


def test_W02_a_filled_trap_stores_nothing(client, territory):
    response = client.post("/chat/", {"text": FIRST, "site": "http://x"})
    assert response.status_code == 429
    assert not Arrival.objects.exists()


def test_every_public_page_has_the_box_but_the_chat_itself(client, territory):
    assert 'href="/chat/"' in client.get("/").content.decode()
    assert "door-box" not in client.get("/chat/").content.decode()


def test_in_english_too(client, territory):
    page = client.get("/chat/", headers={"Accept-Language": "en"}).content.decode()
    assert "Write to us now" in page
