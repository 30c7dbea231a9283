"""Who else is on a ticket: told by the page every fifteen seconds, answered only when it changed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.answers import services as answers
from requests_app.answers.models import Presence
from requests_app.tickets import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(make_ticket):
    return make_ticket()


def come(client, ticket, known=0, version=1, query=""):
    """What the page posts: the answer, and the number it will say next time."""
    given = {"known": str(known), "version": str(version)}
    answer = client.post(f"/demandes/{ticket.reference}/presence/{query}", given)
    return answer, answer.context["others"] if answer.status_code == 200 else None


def told(client, ticket):
    _answer, others = come(client, ticket)
    return [line.text for line in others.lines] if others else []


def test_says_who_reads(client_of, chloe, david, asked):
    come(client_of(chloe), asked)
    assert told(client_of(david), asked) == ["Chloé Martin lit cette demande."]


def test_says_who_writes_and_no_more_that_she_reads(client_of, chloe, david, asked):
    come(client_of(chloe), asked)
    answers.save_draft(ticket=asked, kind="answer", text="Bon", by=chloe, at=timezone.now())
    assert told(client_of(david), asked) == ["Chloé Martin écrit une réponse dans cette demande."]


def test_what_was_begun_and_left_is_told_with_its_hour(client_of, chloe, david, asked):
    long_ago = timezone.localtime() - timedelta(
        days=1
    )  # the same hour of the day before, when clocks change too
    answers.save_draft(ticket=asked, kind="note", text="Bon", by=chloe, at=long_ago)
    (sentence,) = told(client_of(david), asked)
    assert sentence.startswith("Chloé Martin a commencé une note (hier à")


def test_who_left_is_forgotten(client_of, chloe, david, asked):
    come(client_of(chloe), asked)
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    assert told(client_of(david), asked) == []


def test_oneself_is_nobody_else(client_of, chloe, asked):
    client = client_of(chloe)
    come(client, asked)
    assert told(client, asked) == []


def test_answers_204_while_nothing_changes(client_of, chloe, david, asked):
    come(client_of(chloe), asked)
    client = client_of(david)
    _answer, others = come(client, asked)
    assert come(client, asked, known=others.known)[0].status_code == 204
    answers.save_draft(ticket=asked, kind="answer", text="Bon", by=chloe, at=timezone.now())
    assert come(client, asked, known=others.known)[0].status_code == 200


def test_the_page_itself_knows_and_asks_again(client_of, chloe, david, asked):
    come(client_of(chloe), asked)
    client = client_of(david)
    page = client.get(f"/demandes/{asked.reference}/")
    assert "Chloé Martin lit cette demande." in page.content.decode().replace("\xa0", " ")
    assert 'hx-trigger="load delay:1s, every 15s"' in page.content.decode()
    assert come(client, asked, known=page.context["composer"].others.known)[0].status_code == 204


def test_W12_says_when_the_demand_has_changed_and_keeps_the_list(client_of, chloe, david, asked):
    services.take(ticket=asked, by=david, at=timezone.now())
    answer, others = come(client_of(chloe), asked, query="?vue=a-trier")
    assert others.is_stale
    words = answer.content.decode().replace("\xa0", " ")
    assert "Cette demande a changé depuis que vous l’avez ouverte." in words
    assert f'href="/demandes/{asked.reference}/?vue=a-trier"' in words
    assert "a changé" in answer["HX-Trigger"].encode().decode("unicode_escape")
    assert come(client_of(chloe), asked, known=others.known)[0].status_code == 204


def test_the_table_stays_small(client_of, chloe, make_ticket):
    client, old = client_of(chloe), make_ticket()
    come(client, old)
    Presence.objects.update(seen_at=timezone.now() - timedelta(hours=2))
    come(client, make_ticket())
    assert Presence.objects.count() == 1
    Presence.objects.update(seen_at=timezone.now() - timedelta(hours=2))
    come(client, Presence.objects.get().ticket)
    assert Presence.objects.get().seen_at > timezone.now() - timedelta(minutes=1)


def test_A03_who_may_not_read_is_not_there(client_of, david, make_ticket):
    reserved = make_ticket(topic="violences-conjugales")
    assert come(client_of(david), reserved)[0].status_code == 403
    assert not Presence.objects.exists()


@pytest.mark.parametrize("given", [{"known": "x"}, {"version": "1e9"}])
def test_W04_refuses_anything_else_than_numbers(client_of, chloe, asked, given):
    assert client_of(chloe).post(f"/demandes/{asked.reference}/presence/", given).status_code == 400


def test_it_costs_the_same_for_one_colleague_as_for_ten(client_of, chloe, make_agent, lyon_8, asked):
    client = client_of(chloe)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            come(client, asked)
        return len(seen)

    come(client, asked)
    alone = cost()
    for rank in range(10):
        colleague = make_agent(f"c{rank}", ("case_handler", lyon_8))
        answers.be_present(ticket=asked, by=colleague, at=timezone.now())
    # Session, user, memberships, territory, ticket; then two of its own: it is here, who else is.
    assert cost() == alone == 5 + 2
