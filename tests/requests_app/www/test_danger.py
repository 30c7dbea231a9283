"""A danger on the staff's pages: who sees it, what to say, and « ce n’est pas un danger » (N12, A03)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Event, Ticket
from requests_app.tickets.selectors import rows
from requests_app.tickets.services import ask, receive
from tests.markup import compact

pytestmark = pytest.mark.django_db
ROWS = re.compile(r"href=\"/tri/(LYN-\w+)/\?")
WORDS = "mon mari me frappe, ne m'appelez pas a la maison"


@pytest.fixture
def in_danger(territory):
    """A mail that says a danger, just heard."""

    def make(text=WORDS, *, hours=0, sender="l.anon@exemple.fr"):
        at = timezone.now() - timedelta(hours=hours)
        said = InboundMessage(
            channel="mail",
            occurred_at=at,
            subject="besoin d’aide",
            text=text,
            sender_kind="email",
            sender_value=sender,
            sender_name="Lina Anonyme",
            mailboxes=("mdm.lyon8-est@grandlyon.com",),
        )
        return receive(said, at=at).ticket

    return make


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return words_of(answer)


def words_of(answer):
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def act(client, ticket, name):
    version = Ticket.objects.get(pk=ticket.pk).version
    answer = client.post(f"/demandes/{ticket.reference}/{name}/", {"version": version}, follow=True)
    assert answer.status_code == 200, words_of(answer)
    return words_of(answer)


class TestTicketPage:
    def test_N12_offers_no_acknowledgment_on_paper_that_the_home_would_open(
        self, client_of, chloe, in_danger
    ):
        client, ticket = client_of(chloe), in_danger()
        path = f"/demandes/{ticket.reference}/"
        shown = page(client, path)
        assert ("Accusé de réception à imprimer" in shown, "Imprimé et posté" in shown) == (False, False)
        act(client, ticket, "pas-un-danger")
        assert "Accusé de réception à imprimer" in page(client, path)

    def test_N12_says_what_to_do_and_whom_to_call(self, client_of, chloe, in_danger):
        shown = page(client_of(chloe), f"/demandes/{in_danger().reference}/")
        for words in (
            "Un danger est dit dans cette demande",
            "3919",
            "tel:17",
            "Pouvez-vous parler librement",
        ):
            assert words in shown
        assert shown.index("Un danger est dit") < shown.index("À faire")
        assert "Sur les appels : « mon mari me frappe, ne m&#x27;appelez pas a la maison »" in shown

    def test_a_plain_ticket_says_nothing_of_it(self, client_of, chloe, in_danger):
        shown = page(client_of(chloe), f"/demandes/{in_danger('Où en est mon dossier ?').reference}/")
        assert "Un danger est dit" not in shown
        assert "3919" not in shown

    @pytest.mark.parametrize("who", ["bruno", "david"])
    def test_A03_who_may_not_read_sees_a_reserved_ticket(self, client_of, request, who, in_danger):
        ticket, client = in_danger(), client_of(request.getfixturevalue(who))
        for path in (f"/demandes/{ticket.reference}/", "/tri/", f"/tri/{ticket.reference}/"):
            shown = page(client, path)
            assert "Motif réservé" in shown
            for secret in ("frappe", "besoin d", "Lina", "3919", "Un danger est dit", ">Danger<"):
                assert secret not in compact(shown), (path, secret)

    def test_A02_a_search_by_words_finds_nothing_for_them(self, client_of, bruno, david, chloe, in_danger):
        ticket = in_danger()
        for user, is_found in ((bruno, False), (david, False), (chloe, True)):
            found = words_of(client_of(user).post("/recherche/", {"q": "frappe"}))
            assert (ticket.reference in found) == is_found

    def test_A03_print_dashboards_and_persons_say_nothing_of_it(self, client_of, david, in_danger):
        in_danger()
        for path in ("/tableau-de-bord/", "/courriers/", "/personnes/", "/rappels-promis/"):
            shown = page(client_of(david), path)
            assert "frappe" not in shown
            assert "besoin d" not in shown


class TestDecision:
    def test_N12_it_is_none_and_back_again(self, client_of, chloe, bruno, in_danger):
        ticket = in_danger()
        done = act(client_of(chloe), ticket, "pas-un-danger")
        assert "La demande n’est plus marquée comme un danger." in done
        assert "Annuler : c’est un danger" in done
        assert "Chloé Martin a dit que ce n’est pas un danger" in done
        assert "Lina Anonyme" in page(client_of(bruno), "/tri/")

        back = act(client_of(chloe), ticket, "danger")
        assert "Un danger est dit dans cette demande" in back
        assert Event.objects.filter(ticket=ticket, kind="danger", by=chloe).exists()
        assert "Lina Anonyme" not in page(client_of(bruno), "/tri/")

    def test_an_agent_marks_what_the_software_did_not_hear(self, client_of, chloe, in_danger):
        ticket, client = in_danger("Il est rentré. Vous savez."), client_of(chloe)
        assert "Signaler un danger" in page(client, f"/demandes/{ticket.reference}/")
        assert "Un danger est dit dans cette demande" in act(client, ticket, "danger")
        assert Ticket.objects.get(pk=ticket.pk).is_sensitive


class TestLists:
    def test_N12_it_stands_first_in_what_is_to_sort_then_by_waiting_time(
        self, client_of, chloe, make_ticket, monkeypatch
    ):
        monkeypatch.setattr(rows, "PAGE", 2)
        now, client = timezone.now(), client_of(chloe)
        for days, marks in ((9, []), (1, ["danger"]), (8, []), (3, ["danger"]), (7, [])):
            make_ticket(
                sender=f"Depuis {days}", marks=marks, is_sensitive=bool(marks),
                topic="violences-conjugales" if marks else None, received_at=now - timedelta(days=days),
            )  # fmt: skip
        names = dict(Ticket.objects.values_list("reference", "sender"))
        address, seen = "/tri/?vue=a-trier", []
        for _page in range(3):
            answer = client.get(address)
            seen += [names[reference] for reference in ROWS.findall(answer.context["rows"])]
            address = answer.context["next_url"]
        assert seen == [f"Depuis {days}" for days in (3, 1, 9, 8, 7)]
        assert not address

    def test_A03_to_who_may_not_read_it_its_place_tells_nothing(self, client_of, david, make_ticket):
        now = timezone.now()
        old = make_ticket(received_at=now - timedelta(days=5))
        new = make_ticket(received_at=now - timedelta(days=1), marks=["danger"], topic="violences-conjugales")
        shown = client_of(david).get("/tri/?vue=a-trier").content.decode()
        assert shown.index(old.reference) < shown.index(new.reference)

    def test_N12_it_stands_first_in_what_is_to_do(self, client_of, chloe, make_ticket, in_danger):
        for hours in (50, 40, 30):
            at = timezone.now() - timedelta(hours=hours)
            waiting = make_ticket(received_at=at, sender=f"Ancienne {hours}")
            ask(ticket=waiting, kind="check_contact", text="…", key=f"{hours}", at=at)
        ticket = in_danger()
        shown = page(client_of(chloe), "/tri/?vue=a-faire")
        assert shown.index(ticket.reference) < shown.index("Ancienne 50") < shown.index("Ancienne 30")
        assert ">Danger<" not in compact(page(client_of(chloe), "/tri/?vue=en-attente"))
        assert ">Danger</span>" in compact(shown)

    def test_the_pages_of_that_list_follow_each_other(self, client_of, chloe, make_ticket, in_danger):
        made = {in_danger(sender=f"{n}@exemple.fr").reference for n in range(2)}
        for hours in range(30):
            at = timezone.now() - timedelta(hours=hours + 1)
            waiting = make_ticket(received_at=at)
            ask(ticket=waiting, kind="check_contact", text="…", key=f"{hours}", at=at)
            made.add(waiting.reference)
        client, seen, path = client_of(chloe), [], "/tri/?vue=a-faire"
        for turn in range(2):
            answer = client.get(path)
            seen += ROWS.findall(answer.context["rows"])
            path = answer.context["next_url"] if turn == 0 else ""
        assert len(seen) == len(set(seen)) == 32
        assert set(seen) == made
        first = f"/demandes/{seen[1]}/?vue=a-faire"
        assert "2 sur 32" in client.get(first).content.decode()
