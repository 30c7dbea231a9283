"""« À confirmer avec la personne »: on the ticket and on the person's page, in one gesture (N04)."""

import pytest
from django.utils import timezone

from requests_app.people.models import AccessNeed, ContactPoint
from requests_app.tickets.models import PersonProposal
from requests_app.tickets.services import ProposalContent, propose

PHONE = "+33639981234"
TITLE = "À confirmer avec la personne"
SAID = [
    ProposalContent("shared", contact_kind="phone", contact_value=PHONE),
    ProposalContent("need", "avoid", "ne pas appeler le soir"),
]


@pytest.fixture
def ticket(amina, make_ticket):
    made = make_ticket(person=amina)
    propose(touchpoint=made.touchpoints.get(), said=SAID, at=timezone.now())
    return made


@pytest.fixture
def shared(ticket):
    return PersonProposal.objects.get(kind="shared")


def page_of(person):
    return f"/personnes/{person.pk}/"


class TestOnTheTicket:
    def address(self, ticket, word):
        return f"/demandes/{ticket.reference}/{word}/"

    def test_N04_says_what_was_said_and_by_whom(self, client_of, chloe, ticket):
        page = client_of(chloe).get(f"/demandes/{ticket.reference}/").content.decode()

        assert TITLE in page
        assert "Quelqu’un d’autre peut lire ou répondre" in page
        assert "06 39 98 12 34" in page
        assert "ne pas appeler le soir" in page
        assert "dit dans le formulaire" in page

    def test_warns_before_writing_where_others_read(self, client_of, chloe, ticket, make_ticket, amina):
        told = client_of(chloe).get(f"/demandes/{ticket.reference}/").content.decode()
        other = client_of(chloe).get(f"/demandes/{make_ticket(person=amina).reference}/").content.decode()

        assert "Contact partagé" in told
        assert "Contact partagé" not in other

    def test_one_gesture_notes_it_and_one_undoes_it(self, client_of, chloe, ticket, shared):
        client = client_of(chloe)
        answer = client.post(self.address(ticket, "dit-note"), {"which": shared.pk}, follow=True)
        assert "Annuler : ne plus le noter" in answer.content.decode()
        assert ContactPoint.objects.get(kind="phone").is_shared
        client.post(self.address(ticket, "dit-a-confirmer"), {"which": shared.pk})

        assert not ContactPoint.objects.get(kind="phone").is_shared
        assert TITLE in client.get(f"/demandes/{ticket.reference}/").content.decode()

    def test_A01_the_desk_reads_it_masked_and_decides_nothing(self, client_of, bruno, ticket, shared):
        client = client_of(bruno)
        page = client.get(f"/demandes/{ticket.reference}/").content.decode()
        assert TITLE in page
        assert "06 39 98 12 34" not in page
        assert "Noter sur sa fiche" not in page

        assert client.post(self.address(ticket, "dit-note"), {"which": shared.pk}).status_code == 403
        assert not ContactPoint.objects.filter(is_shared=True).exists()

    def test_A01_that_of_another_ticket_is_not_reached(self, client_of, chloe, make_ticket, shared):
        answer = client_of(chloe).post(self.address(make_ticket(), "dit-note"), {"which": shared.pk})

        assert answer.status_code == 422
        assert not ContactPoint.objects.filter(is_shared=True).exists()


class TestOnThePerson:
    def test_N04_shows_the_same_thing_said_twice_once(self, client_of, chloe, ticket, amina, make_ticket):
        again = make_ticket(person=amina)
        propose(touchpoint=again.touchpoints.get(), said=SAID, at=timezone.now())

        page = client_of(chloe).get(page_of(amina)).content.decode()
        assert page.count("ne pas appeler le soir)</p>") == 1
        assert again.reference in page

    def test_one_gesture_notes_it_and_one_undoes_it(self, client_of, chloe, ticket, shared, amina):
        client = client_of(chloe)
        answer = client.post(f"{page_of(amina)}dit/{shared.pk}/noter/", follow=True)
        assert "C’est noté sur sa fiche." in answer.content.decode()
        assert ContactPoint.objects.get(kind="phone").is_shared
        answer = client.post(f"{page_of(amina)}dit/{shared.pk}/revenir/", follow=True)

        assert "C’est de nouveau à confirmer." in answer.content.decode()
        assert not ContactPoint.objects.get(kind="phone").is_shared
        assert not AccessNeed.objects.exists()

    def test_A02_what_was_said_for_a_ticket_out_of_reach_is_not_shown(
        self, client_of, chloe, ticket, amina, make_ticket, villeurbanne
    ):
        elsewhere = make_ticket(person=amina, maison=villeurbanne)
        only_there = [ProposalContent("need", "interpreter", "turc")]
        propose(touchpoint=elsewhere.touchpoints.get(), said=only_there, at=timezone.now())
        pk = PersonProposal.objects.get(need="interpreter").pk
        client = client_of(chloe)

        assert "turc" not in client.get(page_of(amina)).content.decode()
        assert client.post(f"{page_of(amina)}dit/{pk}/noter/").status_code == 404
        assert not AccessNeed.objects.exists()

    def test_A03_nor_for_a_reserved_one(self, client_of, david, ticket, amina, make_ticket):
        make_ticket(person=amina)
        type(ticket).objects.filter(pk=ticket.pk).update(is_sensitive=True)

        assert TITLE not in client_of(david).get(page_of(amina)).content.decode()

    def test_costs_the_same_for_one_as_for_ten(
        self, client_of, chloe, ticket, amina, make_ticket, django_assert_max_num_queries
    ):
        client = client_of(chloe)
        with django_assert_max_num_queries(100) as one:
            client.get(page_of(amina))
        for _ in range(9):
            propose(
                touchpoint=make_ticket(person=amina).touchpoints.get(),
                said=[ProposalContent("need", "avoid", f"le {_}")],
                at=timezone.now(),
            )
        with django_assert_max_num_queries(len(one)):
            client.get(page_of(amina))
