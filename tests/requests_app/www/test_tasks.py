"""What is to do by hand, first on the ticket page."""

import pytest
from django.utils import timezone

from requests_app.tickets.models import State, ToDo
from requests_app.tickets.services import ask

pytestmark = pytest.mark.django_db

WORDS = "amina@exemple.fr n’a pas reçu notre message. Vérifiez l’adresse avec la personne."


@pytest.fixture
def make_task(make_ticket):
    def make(ticket=None, key="1", **fields):
        ticket = ticket or make_ticket()
        at = timezone.now()
        return ask(ticket=ticket, kind=ToDo.Kind.CHECK_CONTACT, text=WORDS, key=key, at=at, **fields)

    return make


def url_of(task, rest=""):
    return f"/demandes/{task.ticket.reference}/{rest}"


def words_of(answer):
    return answer.content.decode().replace("\xa0", " ")


def test_is_shown_with_its_sentence_and_its_button(client_of, chloe, make_task):
    page = words_of(client_of(chloe).get(url_of(make_task())))
    for words in ("À faire", "Vérifier un contact", WORDS, "C’est fait"):
        assert words in page


def test_says_until_when(client_of, chloe, make_task):
    assert "Avant le " in words_of(client_of(chloe).get(url_of(make_task(due_at=timezone.now()))))


def test_is_done_and_undone(client_of, chloe, make_task):
    task, client = make_task(), client_of(chloe)
    page = client.post(url_of(task, "chose-faite/"), {"which": task.pk}, follow=True)
    assert page.context["beside"].tasks == []
    assert "Chloé Martin l’a fait (Vérifier un contact)" in words_of(page)
    undo = page.context["undo"]
    page = client.post(undo.action, {undo.name: undo.value}, follow=True)
    assert [shown.id for shown in page.context["beside"].tasks] == [task.pk]


def test_whoever_comes_second_reads_why(client_of, chloe, david, make_task):
    task = make_task()
    client_of(chloe).post(url_of(task, "chose-faite/"), {"which": task.pk})
    page = client_of(david).post(url_of(task, "chose-faite/"), {"which": task.pk})
    assert page.status_code == 422
    assert "C’est déjà fait." in words_of(page)


def test_what_an_agent_types_is_not_stopped_by_it(client_of, chloe, make_task):
    task, client = make_task(), client_of(chloe)
    client.post(url_of(task, "chose-faite/"), {"which": task.pk})
    taken = client.post(url_of(task, "prendre/"), {"version": 1})
    assert taken.status_code == 302


def test_A01_the_desk_reads_it_and_does_not_end_it(client_of, bruno, make_task):
    task, client = make_task(), client_of(bruno)
    page = words_of(client.get(url_of(task)))
    assert WORDS in page
    assert "C’est fait" not in page
    assert client.post(url_of(task, "chose-faite/"), {"which": task.pk}).status_code == 403
    assert ToDo.objects.to_do().exists()


def test_A01_it_is_not_reached_through_another_demand(client_of, chloe, make_task, make_ticket):
    task, other = make_task(), make_ticket()
    page = client_of(chloe).post(f"/demandes/{other.reference}/chose-faite/", {"which": task.pk})
    assert page.status_code == 422
    assert ToDo.objects.to_do().exists()


def test_stays_visible_when_the_demand_is_over_and_says_so(client_of, chloe, make_task, make_ticket):
    task, client = make_task(make_ticket(state=State.CLOSED)), client_of(chloe)
    assert "La demande est terminée, mais ceci reste à faire." in words_of(client.get(url_of(task)))
    client.post(url_of(task, "chose-faite/"), {"which": task.pk})
    assert not ToDo.objects.to_do().exists()


def test_W15_its_sentence_is_escaped(client_of, chloe, make_task):
    task = make_task()
    ToDo.objects.update(text="<script>alert(1)</script>")
    assert "<script>alert" not in words_of(client_of(chloe).get(url_of(task)))
