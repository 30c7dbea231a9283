"""« Peut-on laisser un message ? »: written for somebody in reach, signed; else proposed (A05, N04)."""

import re
from datetime import date

import pytest
from django.utils import timezone

from requests_app.access.scope import scope_of
from requests_app.people.models import ContactChoice, ContactPoint, PersonChange
from requests_app.tickets.models import PersonProposal, Ticket
from requests_app.tickets.selectors.promises import promises_at
from tests.markup import one_line

PHONE = "+33639981234"
VOICE = ContactPoint.Use.VOICE_MESSAGE
USES = ["answer", "reminder", "voice_message"]


@pytest.fixture
def leila(make_person, make_ticket, villeurbanne):
    """Known at Villeurbanne only, where voice messages are allowed."""
    person = make_person(given_name="Leïla", family_name="Haddad", birth_date=date(1980, 3, 12), phone=PHONE)
    make_ticket(person=person, maison=villeurbanne)
    ContactPoint.objects.update(usable_for=USES)
    return person


@pytest.fixture
def found(client_of, bruno):
    """Sign whom the counter finds by what is typed (threats: A05)."""

    def token(typed, name):
        page = client_of(bruno).post("/accueil/personnes/", {"qui": typed}).content.decode()
        return re.findall(r'data-value="([^"]+)" data-label="' + name, one_line(page))[0]

    return token


@pytest.fixture
def by_birth(found, leila):
    """Leïla, found by name and whole birth date."""
    return {"qui": "Leïla Haddad", "personne": found("Leïla Haddad 12/03/1980", "Leïla Haddad")}


class TestOutOfReach:
    @pytest.mark.parametrize(
        "who",
        [
            {"qui": "*", "personne": "anonyme"},
            {"qui": "Zoé Blanc", "personne": "nouvelle", "choix": "creer"},
        ],
    )
    @pytest.mark.parametrize("said", ["oui", "non"])
    def test_N04_the_number_of_somebody_else_is_only_proposed(self, call, leila, bruno, who, said):
        call(telephone="06 39 98 12 34", message=said, **who)

        assert ContactPoint.objects.get(person=leila).usable_for == USES
        assert not ContactChoice.objects.exists()
        proposal = PersonProposal.objects.get()
        assert (proposal.kind, proposal.author) == ("voice" if said == "oui" else "no_voice", bruno)
        assert proposal.contact_value == PHONE

    def test_N04_so_is_what_is_said_of_who_was_found_by_name_and_birth(self, call, leila, by_birth, bruno):
        call(**by_birth, message="non")

        assert Ticket.objects.latest("pk").person == leila
        assert ContactPoint.objects.get().usable_for == USES
        assert PersonProposal.objects.get().author == bruno

    def test_N04_a_number_that_two_people_share_is_only_proposed(self, call, leila, samira, chosen):
        points = ContactPoint.objects.filter(value=PHONE)
        assert points.count() == 2
        points.update(usable_for=USES)
        call(qui="Samira", personne=chosen("Samira Benali"), telephone=PHONE, message="non")

        assert [point.usable_for for point in points] == [USES, USES]
        assert not ContactChoice.objects.exists()

    def test_N04_the_promise_of_this_ticket_says_it_until_somebody_decides(
        self, call, by_birth, central, tomorrow
    ):
        call(**by_birth, message="non", suite="rappel", **tomorrow)

        (promise,) = promises_at(scope_of(central), maison_id=None, now=timezone.now())
        assert (promise.no_message, promise.may_leave_message) == (True, False)

    def test_the_undo_takes_what_was_proposed_with_it(self, call, client, by_birth):
        call(**by_birth, message="non")
        page = client.get("/accueil/?pour=appel")
        client.post("/accueil/annuler/", {"visite": page.context["done"].token})

        assert not PersonProposal.objects.exists()


class TestInReach:
    def test_N04_it_carries_its_author(self, call, samira, chosen, bruno):
        ContactPoint.objects.update(usable_for=USES)
        call(personne=chosen("Samira Benali"), message="non")

        assert ContactPoint.objects.get().usable_for == ["answer", "reminder"]
        assert ContactChoice.objects.get().by == bruno
        assert PersonChange.objects.get().by == bruno
        assert not PersonProposal.objects.exists()

    def test_A05_who_is_found_by_the_whole_number_is_in_reach(self, call, leila, found, bruno):
        call(qui=PHONE, personne=found(PHONE, "Leïla Haddad"), message="non")

        assert VOICE not in ContactPoint.objects.get().usable_for
        assert ContactChoice.objects.get().by == bruno

    def test_A05_so_is_who_came_today(self, call, leila, by_birth, make_visit):
        make_visit(person=leila, is_sensitive=True)  # their ticket here is not readable at the desk
        call(**by_birth, message="non", nouvelle_demande="on")

        assert VOICE not in ContactPoint.objects.get().usable_for

    def test_a_new_number_is_theirs(self, call, bruno):
        call(qui="Zoé Blanc", personne="nouvelle", telephone="06 39 98 55 55", message="oui")

        assert VOICE in ContactPoint.objects.get().usable_for
        assert not PersonProposal.objects.exists()
