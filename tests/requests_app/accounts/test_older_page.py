"""A page older than the session sends a form: its agent is offered it again, nobody else (threats: W11)."""

import pytest
from django.test import Client

from requests_app.accounts.typist import token_of
from requests_app.tickets.models import Note

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(make_ticket):
    return f"/demandes/{make_ticket().reference}/note/"


@pytest.fixture
def strict(chloe):
    """Chloé's browser, whose forms are checked: they signed in again since the page was opened."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(chloe)
    return client


def test_W11_it_is_offered_with_its_words_and_nothing_is_done_yet(strict, chloe, note):
    answer = strict.post(note, {"text": "Rappelée ce matin", "typist": token_of(chloe)})
    assert answer.status_code == 302
    page = strict.get(answer.url).content.decode()
    assert "Rappelée ce matin" in page
    assert token_of(chloe).split(":")[0] not in page.split("<form", 1)[1]
    assert not Note.objects.exists()


def test_W11_a_part_of_the_page_leads_the_whole_page_there(strict, chloe, note):
    answer = strict.post(
        note, {"text": "Rappelée"}, headers={"HX-Request": "true", "X-Typist": token_of(chloe)}
    )
    assert (answer.status_code, answer.content) == (204, b"")
    assert "Rappelée" in strict.get(answer["HX-Redirect"]).content.decode()


@pytest.mark.parametrize("token", ["", "forged", "WzEsImEiXQ:1abcde:xxxxxxxx"])
def test_W11_without_its_token_it_is_refused_and_not_stored(strict, note, token):
    assert strict.post(note, {"text": "Piège", "typist": token}).status_code == 403
    assert "kept_form" not in strict.session


def test_W11_the_page_of_another_is_refused(strict, david, note):
    assert strict.post(note, {"text": "De David", "typist": token_of(david)}).status_code == 403
    assert "kept_form" not in strict.session


def test_W11_a_locked_screen_offers_it_once_unlocked(strict, chloe, note):
    session = strict.session
    session["locked"] = True
    session.save()
    strict.post(note, {"text": "Avant la pause", "typist": token_of(chloe)})
    assert "Avant la pause" in str(strict.session["kept_form"])


def test_W11_a_question_is_refused_and_never_stored(strict, chloe):
    answer = strict.post("/personnes/", {"q": "Benali", "typist": token_of(chloe)})
    assert answer.status_code == 403
    assert "kept_form" not in strict.session


def test_W11_a_page_of_now_saves_as_if_it_said_nothing(client, chloe, note):
    client.force_login(chloe)
    page = note.removesuffix("note/")
    version = client.get(page).context["ticket"].version
    client.post(note, {"text": "Rappelée", "version": version, "typist": token_of(chloe)})
    assert Note.objects.get().text == "Rappelée"
