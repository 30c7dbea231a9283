"""Tickets that go together: proposed, decided, made by hand; each agent within their rights."""

import pytest
from django.utils import timezone

from requests_app.outbox.models import Outgoing
from requests_app.tickets import services
from requests_app.tickets.models import State, TicketLink

pytestmark = pytest.mark.django_db
Kind = TicketLink.Kind


@pytest.fixture
def pair(make_ticket):
    return make_ticket(topic="rsa-demande"), make_ticket(sender="Paul Autre", state=State.OPEN)


def joined(pair, kind=Kind.PROPOSED):
    return services.link(from_ticket=pair[0], to_ticket=pair[1], kind=kind, at=timezone.now())


def url_of(ticket, rest=""):
    return f"/demandes/{ticket.reference}/{rest}"


def words_of(answer):
    return answer.content.decode().replace("\xa0", " ")


def links_on(client, ticket):
    return client.get(url_of(ticket)).context["beside"].links


class TestProposed:
    def test_says_which_since_when_and_asks(self, client_of, chloe, pair):
        joined(pair)
        page = words_of(client_of(chloe).get(url_of(pair[0])))
        for words in (
            "Peut-être lié à",
            pair[1].reference,
            "proposé par le logiciel",
            "C’est la même affaire",
        ):
            assert words in page

    def test_accepted_both_show_each_other_and_who_said_so(self, client_of, chloe, pair):
        found, client = joined(pair), client_of(chloe)
        client.post(url_of(pair[0], "meme-affaire/"), {"which": found.pk})
        for here, there in (pair, pair[::-1]):
            (shown,) = links_on(client, here)
            assert (str(shown.says), shown.reference, shown.who, shown.is_proposed) == (
                "Même affaire que",
                there.reference,
                "Chloé Martin",
                False,
            )

    def test_refused_it_is_seen_no_more_and_can_come_back(self, client_of, chloe, pair):
        found, client = joined(pair), client_of(chloe)
        page = client.post(url_of(pair[1], "autre-affaire/"), {"which": found.pk}, follow=True)
        assert page.context["beside"].links == []
        undo = page.context["undo"]
        client.post(undo.action, {undo.name: undo.value})
        assert [shown.is_proposed for shown in links_on(client, pair[0])] == [True]


class TestSure:
    @pytest.mark.parametrize(
        ("kind", "from_words", "to_words"),
        [
            (Kind.FOLLOWS, "Fait suite à", "A une suite"),
            (Kind.SAME_MESSAGE, "Même message que", "Même message que"),
        ],
    )
    def test_each_end_says_its_side(self, client_of, chloe, pair, kind, from_words, to_words):
        joined(pair, kind)
        client = client_of(chloe)
        assert str(links_on(client, pair[0])[0].says) == from_words
        assert str(links_on(client, pair[1])[0].says) == to_words

    def test_taken_away_it_comes_back_as_it_was(self, client_of, chloe, pair):
        found, client = joined(pair, Kind.FOLLOWS), client_of(chloe)
        page = client.post(url_of(pair[0], "autre-affaire/"), {"which": found.pk}, follow=True)
        undo = page.context["undo"]
        client.post(undo.action, {undo.name: undo.value})
        assert str(links_on(client, pair[0])[0].says) == "Fait suite à"


class TestByHand:
    def test_by_the_number_as_people_type_it(self, client_of, chloe, pair):
        typed = pair[1].reference.lower().replace("-", " ")
        client_of(chloe).post(url_of(pair[0], "lier/"), {"number": typed})
        found = TicketLink.objects.get()
        assert (found.from_ticket, found.to_ticket, found.decided_by) == (*pair, chloe)

    def test_a_second_time_or_from_the_other_side_changes_nothing(self, client_of, chloe, pair):
        client = client_of(chloe)
        for here, there in (pair, pair, pair[::-1]):
            client.post(url_of(here, "lier/"), {"number": there.reference})
        assert TicketLink.objects.count() == 1

    def test_one_that_was_refused_is_kept_now(self, client_of, chloe, pair):
        found, client = joined(pair), client_of(chloe)
        client.post(url_of(pair[0], "autre-affaire/"), {"which": found.pk})
        client.post(url_of(pair[1], "lier/"), {"number": pair[0].reference})
        assert len(links_on(client, pair[0])) == 1

    @pytest.mark.parametrize("number", ["LYN-222222", "n’importe quoi", ""])
    def test_a_wrong_number_keeps_what_was_typed(self, client_of, chloe, pair, number):
        page = client_of(chloe).post(url_of(pair[0], "lier/"), {"number": number})
        assert page.status_code == 422
        assert number in words_of(page)

    def test_not_to_itself(self, client_of, chloe, pair):
        page = client_of(chloe).post(url_of(pair[0], "lier/"), {"number": pair[0].reference})
        assert "C’est le numéro de cette demande." in words_of(page)

    def test_A02_another_maisons_number_is_answered_as_one_that_does_not_exist(
        self, client_of, chloe, make_ticket, villeurbanne
    ):
        here, far, client = make_ticket(), make_ticket(maison=villeurbanne), client_of(chloe)
        answers = [
            words_of(client.post(url_of(here, "lier/"), {"number": number}))
            for number in (far.reference, "LYN-222222")
        ]
        assert all("Aucune de vos demandes ne porte ce numéro." in answer for answer in answers)
        assert not TicketLink.objects.exists()


class TestRights:
    def test_A02_another_maisons_ticket_gives_its_number_and_place_only(
        self, client_of, chloe, make_ticket, villeurbanne
    ):
        here = make_ticket()
        far = make_ticket(maison=villeurbanne, sender="Samira Secret", topic="rsa-demande", subject="Loyer")
        joined((here, far), Kind.SAME_MESSAGE)
        page = words_of(client_of(chloe).get(url_of(here)))
        assert far.reference in page
        assert villeurbanne.label in page
        assert url_of(far) not in page
        (shown,) = links_on(client_of(chloe), here)
        assert (shown.words, shown.state, shown.is_known) == ("", "", False)

    def test_A03_a_reserved_one_says_no_word(self, client_of, david, make_ticket):
        here, hidden = make_ticket(), make_ticket(topic="violences-conjugales", subject="Des coups")
        joined((here, hidden))
        page = words_of(client_of(david).get(url_of(here)))
        assert "coups" not in page
        (shown,) = links_on(client_of(david), here)
        assert str(shown.words) == "Motif réservé"

    def test_A01_the_desk_sees_and_does_not_decide(self, client_of, bruno, pair):
        found, client = joined(pair), client_of(bruno)
        assert "C’est la même affaire" not in words_of(client.get(url_of(pair[0])))
        assert client.post(url_of(pair[0], "meme-affaire/"), {"which": found.pk}).status_code == 403

    def test_A01_a_link_is_not_reached_through_a_third_ticket(self, client_of, chloe, pair, make_ticket):
        found = joined(pair)
        page = client_of(chloe).post(url_of(make_ticket(), "meme-affaire/"), {"which": found.pk})
        assert page.status_code == 422
        assert TicketLink.objects.get().is_accepted is None

    def test_M07_the_person_sees_nothing_of_it(self, client_of, chloe, pair, make_touchpoint):
        here, there = pair
        joined(pair, Kind.FOLLOWS)
        make_touchpoint(here, sender="samira@exemple.fr")
        client = client_of(chloe)
        token = client.get(url_of(here)).context["composer"].token
        given = {"version": 1, "token": token, "to": "mail:samira@exemple.fr", "text": "Bonjour."}
        client.post(url_of(here, "repondre/"), given)
        sent = Outgoing.objects.get()
        assert there.reference not in str(sent.payload)
