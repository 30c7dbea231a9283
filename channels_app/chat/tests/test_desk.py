"""« Conversations »: several at once, within the scope, answered at once, given to others with a reason."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from channels_app.chat.models import Line
from channels_app.chat.tests.conftest import FIRST, Writer
from requests_app.access.models import Reading
from requests_app.answers.models import Draft
from requests_app.answers.services import save_draft
from requests_app.maisons.models import Maison
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Note, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client_of, chloe):
    client = client_of(chloe)

    def read():
        return client.get("/conversations/").content.decode()

    return read


@pytest.fixture
def answer(client_of, chloe):
    def post(thread, text="Bonjour, je regarde.", token=None):
        fields = {"text": text, "token": token or uuid4().hex}
        return client_of(chloe).post(f"/conversations/{thread.pk}/repondre/", fields)

    return post


def start(words, lyon_8):
    writer = Writer()
    writer.start(words, str(uuid4()))
    Ticket.objects.update(maison=lyon_8)
    return writer


def test_several_conversations_whoever_waits_longest_first(territory, lyon_8, desk, answer):
    first, second = start("La première demande.", lyon_8), start("La seconde demande.", lyon_8)
    page = desk()
    assert page.index("La première demande.") < page.index("La seconde demande.")
    assert answer(first.thread).status_code == 302
    page = desk()
    assert page.index("La seconde demande.") < page.index("La première demande.")
    assert second.lines() == [("in", "La seconde demande.")]


def test_an_answer_is_on_the_page_of_the_person_at_once(talk, answer):
    assert answer(talk.thread).status_code == 302
    assert talk.lines() == [("in", FIRST), ("out", "Bonjour, je regarde.")]
    assert Outgoing.objects.get(kind="answer").state == Outgoing.State.SENT
    assert Ticket.objects.get().assignee.username == "chloe"


def test_K5_a_form_posted_twice_answers_once(talk, answer):
    token = uuid4().hex
    for _twice in range(2):
        assert answer(talk.thread, token=token).status_code == 302
    assert Line.objects.filter(outgoing__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("text", "token"), [("", None), ("   ", None), ("a" * 4001, None), ("Oui.", "court")]
)
def test_what_cannot_leave_is_refused_with_its_words_kept(talk, answer, text, token):
    response = answer(talk.thread, text, token)
    assert response.status_code == 422
    assert text.strip() in response.content.decode()
    assert not Line.objects.filter(outgoing__isnull=False).exists()


def test_S09_what_was_being_typed_on_the_ticket_page_stays(talk, answer, chloe):
    ticket = talk.thread.ticket
    save_draft(ticket=ticket, kind="answer", text="Une longue réponse…", by=chloe, at=timezone.now())
    answer(talk.thread)
    assert Draft.objects.get().text == "Une longue réponse…"
    assert talk.lines()[-1] == ("out", "Bonjour, je regarde.")


def test_A01_elsa_sees_nothing_of_it_and_her_attempt_is_logged(talk, client_of, elsa):
    client, thread = client_of(elsa), talk.thread
    assert FIRST not in client.get("/conversations/").content.decode()
    said = client.get("/conversations/lignes/").json()
    assert (said["threads"], said["messages"]) == ([], [])
    for name in ("answer", "hand_over"):
        assert client.post(reverse(f"conversations:{name}", args=[thread.pk])).status_code == 404
    assert client.get(reverse("conversations:tools", args=[thread.pk])).status_code == 404
    assert Reading.objects.filter(user=elsa, was_refused=True).count() == 3


def test_N12_the_danger_is_said_of_the_person_not_asked_of_the_agent(writer, lyon_8, client_of, chloe):
    writer.start("Mon mari me frappe, je n’ai nulle part où dormir.")
    Ticket.objects.update(maison=lyon_8)
    page = client_of(chloe).get("/conversations/").content.decode()
    assert "La personne parle de violences ou de menaces." in page
    assert "La personne n’a peut-être nulle part où dormir ce soir." in page
    assert "vous fait du mal" not in page


def test_A03_a_sensitive_conversation_is_not_for_the_front_desk(talk, client_of, bruno):
    Ticket.objects.update(is_sensitive=True)
    assert FIRST not in client_of(bruno).get("/conversations/").content.decode()


def test_the_administrator_has_no_such_page(client_of, admin):
    assert client_of(admin).get("/conversations/").status_code == 403


def test_I7_each_conversation_shown_is_a_reading(talk, desk, chloe):
    desk()
    read = Reading.objects.filter(user=chloe, was_refused=False)
    assert read.get().subject_id == talk.thread.ticket_id


def test_news_come_once_then_304(talk, client_of, chloe):
    client = client_of(chloe)
    [message] = client.get("/conversations/lignes/").json()["messages"]
    assert (message["thread"], message["direction"], message["text"]) == (talk.thread.pk, "in", FIRST)
    url = f"/conversations/lignes/?after={message['id']}"
    again = client.get(url)
    assert again.json()["messages"] == []
    same = client.get(url, headers={"If-None-Match": again.headers["ETag"]})
    assert same.status_code == 304
    talk.write("Encore un mot.", "b")
    assert len(client.get(url).json()["messages"]) == 1


@pytest.mark.parametrize("given", ["", "x", "-3", "9" * 40, "٣"])
def test_news_accept_any_number(talk, client_of, chloe, given):
    response = client_of(chloe).get(f"/conversations/lignes/?after={given}&typing={given}")
    assert response.status_code == 200


def test_typing_shows_both_ways(talk, client_of, chloe):
    client, thread = client_of(chloe), talk.thread
    assert talk.poll().headers["Chat-Typing"] == "0"
    client.get(f"/conversations/lignes/?typing={thread.pk}")
    assert talk.poll().headers["Chat-Typing"] == "1"
    talk.client.get(f"{talk.path}messages/?typing=1")
    assert client.get("/conversations/lignes/").json()["typing"] == [thread.pk]


def test_news_cost_the_same_for_one_as_for_six(territory, lyon_8, client_of, chloe):
    client = client_of(chloe)

    def count():
        with CaptureQueriesContext(connection) as found:
            client.get("/conversations/lignes/")
        return len(found)

    start("La première demande.", lyon_8)
    count()  # the first page of a process reads the territory
    one = count()
    for number in range(5):
        start(f"Encore une demande numéro {number}", lyon_8)
    assert count() == one


def test_given_to_another_maison_with_the_reason(talk, client_of, chloe):
    thread = talk.thread
    other = Maison.objects.exclude(pk=thread.ticket.maison_id).filter(closed_on=None).order_by("pk").first()
    url, client = f"/conversations/{thread.pk}/confier/", client_of(chloe)
    assert client.post(url, {"to": f"maison:{other.pk}", "reason": " "}).status_code == 422
    assert client.post(url, {"to": f"maison:{other.pk}", "reason": "Elle habite là-bas."}).status_code == 302
    ticket = Ticket.objects.get()
    assert ticket.maison_id == other.pk
    assert "Elle habite là-bas." in ticket.decision.reason


def test_given_to_a_colleague_with_the_reason(talk, client_of, chloe, david):
    url, client = f"/conversations/{talk.thread.pk}/confier/", client_of(chloe)
    assert client.post(url, {"to": f"agent:{david.pk}", "reason": "Il connaît."}).status_code == 302
    assert Ticket.objects.get().assignee == david
    assert "Il connaît." in Note.objects.get().text


@pytest.mark.parametrize(
    "to", ["", "agent:", "agent:0", "maison:99999999", "x:1", "agent:٣", "maison:" + "9" * 30]
)
def test_given_to_nobody_is_refused_in_words(talk, client_of, chloe, to):
    url = f"/conversations/{talk.thread.pk}/confier/"
    response = client_of(chloe).post(url, {"to": to, "reason": "Oui."})
    assert response.status_code == 422
    assert "Choisissez à qui" in response.content.decode()


def test_models_are_filled_and_offered(talk, client_of, chloe, make_model):
    make_model(name="Dossier complet", text="Votre demande {numero} est complète.")
    page = client_of(chloe).get(f"/conversations/{talk.thread.pk}/outils/").content.decode()
    assert f"Votre demande {talk.thread.ticket.reference} est complète." in page


def test_the_menu_leads_there(client_of, chloe):
    assert 'href="/conversations/"' in client_of(chloe).get("/tri/").content.decode()
