"""A danger told at the counter: the numbers at once, the words for case handlers (threats: N12, A03)."""

import pytest
from django.urls import reverse

from requests_app.tickets.models import Ticket, ToDo

pytestmark = pytest.mark.django_db
PAGE = "/accueil/"
SAID = "Elle dit que son mari la frappe. Ne pas appeler à la maison."


def words_of(answer):
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("kind", ["visite", "appel", "courrier"])
def test_N12_the_agent_sees_the_numbers_at_once(client_of, bruno, kind):
    suite = {"visite": "file", "appel": "transmis", "courrier": "transmis"}[kind]
    client = client_of(bruno)
    page = {"cle": "11111111-1111-1111-1111-111111111111", "qui": "*", "personne": "anonyme"}
    if kind == "courrier":
        page |= {"qui": "Paul Morel", "personne": "nouvelle"}
    sent = {**page, "motif": "Aide", "sujet": "", "suite": suite, "mot": SAID}
    answer = client.post(f"{reverse('frontdesk:visit')}?pour={kind}", sent, follow=True)
    shown = words_of(answer)
    assert "Danger : donnez ces numéros à la personne, maintenant." in shown
    assert "3919" in shown
    ticket = Ticket.objects.get()
    assert (ticket.marks, ticket.is_sensitive) == (["danger"], True)
    assert list(ToDo.objects.values_list("kind", "text")) == [
        ("call", "Danger : appelez la personne. Sur les appels : « Ne pas appeler à la maison. »")
    ]


def test_A03_the_desk_does_not_read_it_again(save, client):
    save(sujet="", motif="Mon mari me bat", mot=SAID)
    shown = words_of(client.get(PAGE))
    assert "Motif réservé" in shown
    assert "frappe" not in shown
    assert "Mon mari" not in shown


def test_a_plain_visit_shows_no_number(save, client):
    save(mot="Il a perdu sa carte, la violence du vent l’a emportée.")
    assert "3919" not in words_of(client.get(PAGE))


def test_what_is_undone_says_nothing(save, client):
    save(mot=SAID)
    token = client.get(PAGE).context["done"].token
    client.post(reverse("frontdesk:undo"), {"visite": token})
    assert "3919" not in words_of(client.get(PAGE))
    assert not Ticket.objects.exists()


class TestTyping:
    def test_N12_the_numbers_come_while_the_agent_types(self, client_of, bruno):
        answer = client_of(bruno).post(
            reverse("frontdesk:keep") + "?pour=visite", {"mot": SAID}, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 200
        assert "3919" in words_of(answer)
        assert 'hx-swap-oob="true"' in words_of(answer)
