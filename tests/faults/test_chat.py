"""A conversation of the chat, on a web server that dies in the middle of it (threats: F01, S08, N05, K5).

The page sends a line again under the same client id until it is answered, as its script does: nothing is
lost, nothing is twice. What the dead process left is finished by the sweeps.
"""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPException
from http.cookiejar import Cookie, CookieJar
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from channels_app.chat.models import Line, Thread
from channels_app.delivery import services as delivery
from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket, Touchpoint
from tests.faults.test_forms import Browser, kill, web

pytestmark = pytest.mark.django_db(transaction=True)
LOST = (URLError, HTTPException, ConnectionError, TimeoutError)
POINTS = ("form.after_store", "intake.before_commit", "intake.after_commit", "form.before_answer")
SENDING = ("delivery.after_claim", "delivery.after_speak", "delivery.after_note")
PERSONS, LINES, KILLS = 3, 20, 4
BETWEEN_S, LIVES_S = 0.2, 1
WITHIN_S = 120


class Person(Browser):
    """Somebody on the page of the chat, through whichever server lives."""

    path = "/chat/"

    def say(self, server, text, client_id):
        self.get(server, self.path)
        answer = self.post(server, self.path, text=text, client_id=client_id)
        self.path = answer.url.removeprefix(server.base)

    def read(self, server):
        request = Request(
            f"{server.base}{self.path}messages/?after=0", headers={"Accept": "application/json"}
        )
        return [each["text"] for each in json.load(self.opener.open(request, timeout=60))["messages"]]


class Agent(Browser):
    """An agent signed in, on « Conversations »."""

    def __init__(self, user):
        client, jar = Client(), CookieJar()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        rest: tuple[Any, ...] = ("127.0.0.1", True, False, "/", True, False, None, False, None, None, {})
        jar.set_cookie(Cookie(0, name, client.cookies[name].value, None, False, *rest))
        self.opener, self.token = build_opener(HTTPCookieProcessor(jar)), ""

    def answer(self, server, text, token):
        self.get(server, "/conversations/")
        self.post(server, f"/conversations/{Thread.objects.get().pk}/repondre/", text=text, token=token)


@pytest.fixture
def serve():
    """Start web servers; those still alive are stopped at the end."""
    started = []

    def start(port=0, **environment):
        started.append(web(port, **environment))
        return started[-1]

    yield start
    for server in started:
        if server.process.poll() is None:
            server.close()


@contextmanager
def dies(server):
    """The server dies within the call; an answer of it, even a refusal, is a failure."""
    with pytest.raises(LOST) as lost:
        yield
    assert not isinstance(lost.value, HTTPError)
    kill(server)


def finish():
    """Let the sweeps end what the dead left, ten minutes later."""
    later = timezone.now() + timedelta(minutes=10)
    intake.sweep(at=later)
    delivery.sweep(at=later)
    delivery.sweep(at=later + timedelta(minutes=10))


def heard():
    """Each word of a person in a ticket, in order."""
    said = Touchpoint.objects.filter(direction=Touchpoint.Direction.IN).order_by("pk")
    return [each.reply_text or each.text for each in said]


@pytest.mark.parametrize("point", POINTS)
def test_F01_S08_killed_at_a_point_each_line_sent_again_is_one(territory, serve, point):
    person, first, second = Person(), str(uuid4()), str(uuid4())
    dying = serve(FAILPOINT=f"{point}:kill")
    with dies(dying):
        person.say(dying, "Bonjour, où en est mon dossier ?", first)
    living = serve()
    person.say(living, "Bonjour, où en est mon dossier ?", first)
    dying = serve(FAILPOINT=f"{point}:kill")
    with dies(dying):
        person.say(dying, "Je suis à Bron.", second)
    person.say(living, "Je suis à Bron.", second)
    finish()
    assert person.read(living) == heard() == ["Bonjour, où en est mon dossier ?", "Je suis à Bron."]
    assert [Thread.objects.count(), Ticket.objects.count(), Line.objects.count()] == [1, 1, 2]
    assert {arrival.state for arrival in Arrival.objects.all()} == {Arrival.State.HEARD}
    assert intake.reconcile(at=timezone.now()).is_right


@pytest.mark.parametrize("point", SENDING)
def test_F01_K5_an_answer_killed_at_a_point_then_sent_again_is_one(territory, lyon_8, chloe, serve, point):
    living, person, token = serve(), Person(), uuid4().hex
    person.say(living, "Bonjour, où en est mon dossier ?", "first")
    Ticket.objects.update(maison=lyon_8)
    agent, dying = Agent(chloe), serve(FAILPOINT=f"{point}:kill")
    with dies(dying):
        agent.answer(dying, "Bonjour, je regarde.", token)
    agent.answer(living, "Bonjour, je regarde.", token)
    finish()
    assert person.read(living) == ["Bonjour, où en est mon dossier ?", "Bonjour, je regarde."]
    assert [each.state for each in Outgoing.objects.filter(kind="answer")] == [Outgoing.State.SENT]


def test_F01_S08_killed_again_and_again_while_persons_write(territory, serve):
    servers, ends = [serve()], time.monotonic() + WITHIN_S
    said = {rank: [f"Personne {rank}, ligne {line}." for line in range(LINES)] for rank in range(PERSONS)}

    def write(rank):
        person, tries = Person(), 0
        for text in said[rank]:
            client_id, is_sent = str(uuid4()), False
            while not is_sent:
                assert time.monotonic() < ends
                tries += 1
                is_sent = sends(person, servers[-1], text, client_id)
            time.sleep(BETWEEN_S)
        return person, tries

    with ThreadPoolExecutor(PERSONS) as writers:
        writing = [writers.submit(write, rank) for rank in said]
        for _kill in range(KILLS):
            time.sleep(LIVES_S)
            kill(servers[-1])
            servers.append(serve())
        written = [each.result() for each in writing]
    finish()
    tried = sum(tries for _person, tries in written)
    print(f"{tried} tries for {PERSONS * LINES} lines")
    assert tried > PERSONS * LINES
    for rank, (person, _tries) in enumerate(written):
        assert person.read(servers[-1]) == said[rank]
    assert sorted(heard()) == sorted(text for lines in said.values() for text in lines)
    assert Ticket.objects.count() == Thread.objects.count() == PERSONS
    assert intake.reconcile(at=timezone.now()).is_right


def sends(person, server, text, client_id):
    """Try once; False when the server died."""
    try:
        person.say(server, text, client_id)
    except HTTPError:
        raise
    except LOST:
        time.sleep(BETWEEN_S)
        return False
    return True


@pytest.fixture
def static_root(settings, tmp_path):
    """Scripts and styles, gathered as an installation does."""
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", "--noinput", "--verbosity", "0")
    return {"GRU_STATIC_ROOT": str(tmp_path)}


def test_S08_K5_a_page_whose_server_is_away_says_so_and_sends_the_line_once(
    territory, serve, static_root, chromium
):
    server, words = serve(**static_root), "Je suis à Bron."
    page = chromium.new_page(locale="fr-FR")
    page.goto(f"{server.base}/chat/")
    fill_and_send(page, "Bonjour, où en est mon dossier ?")
    page.get_by_role("heading", name="Votre conversation").wait_for()
    expect(page.locator("#refresh")).to_be_hidden()  # its script is there
    kill(server)
    expect(page.locator("#lost")).to_have_text("La connexion est coupée. Nous réessayons.")
    expect(page.locator("#standing")).to_be_hidden()
    fill_and_send(page, words)
    expect(page.get_by_label("Votre message")).to_have_value(words)
    dying = serve(
        server.port, FAILPOINT="form.before_answer:kill", **static_root
    )  # it stores, and never says so
    expect(page.get_by_role("log").get_by_text(words)).to_have_count(1)
    expect(page.get_by_label("Votre message")).to_have_value(words)
    kill(dying)
    serve(server.port, **static_root)
    expect(page.get_by_label("Votre message")).to_have_value("")
    expect(page.locator("#lost")).to_be_empty()
    expect(page.locator("#standing")).to_be_visible()
    page.reload()
    expect(page.get_by_role("log").get_by_text(words)).to_have_count(1)
    page.close()
    assert heard() == ["Bonjour, où en est mon dossier ?", words]


def fill_and_send(page, words):
    page.get_by_label("Votre message").fill(words)
    page.get_by_role("button", name="Envoyer mon message").click()
