"""Where an answer goes when the mail asks for another address than its own (threats: M09, M12)."""

import pytest
from django.utils import timezone

from requests_app.answers.recipients import read_recipients
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint, Person
from tests.markup import one_line

pytestmark = pytest.mark.django_db

PAUL = "Reply-To: Paul Vial <paul@exemple.fr>\r\n"


def proposed(ticket):
    return [(each.address, bool(each.warning)) for each in read_recipients(ticket)]


@pytest.mark.parametrize(
    "form", ["noreply@mairie.example", "ne-pas-repondre@mairie.example", "no-reply+12@formulaires.example"]
)
def test_who_wrote_in_a_form_is_its_author_and_is_answered_first(receive_message, form):
    touchpoint = receive_message("Une place pour ma mère ?", sender=form, more=PAUL).touchpoint
    ticket = touchpoint.ticket
    assert proposed(ticket) == [("paul@exemple.fr", False), (form, True)]
    assert (ticket.sender, ticket.person.full_name) == ("Paul Vial", "Paul Vial")
    assert list(ContactPoint.objects.values_list("value", flat=True)) == ["paul@exemple.fr"]
    assert touchpoint.remarks[-1] == f"Écrit par un formulaire, {form}, pour paul@exemple.fr : à vérifier."
    assert "Il vient de" not in " ".join(touchpoint.facts["why"])


@pytest.mark.parametrize(
    "form",
    [
        "wordpress@asso.example",
        "www-data@web3.example",
        "formulaire-contact@ccas.example",
        "form.12@ville.example",
    ],
)
def test_the_program_of_a_site_is_not_the_person_who_filled_its_form(receive_message, form):
    ticket = receive_message("La cantine de mes filles", sender=form, more=PAUL).touchpoint.ticket
    assert (proposed(ticket), ticket.person.full_name) == (
        [("paul@exemple.fr", False), (form, False)],
        "Paul Vial",
    )
    assert Outgoing.objects.get().state == Outgoing.State.REFUSED


@pytest.mark.parametrize("sender", ["formation@exemple.fr", "forman@exemple.fr", "contact@exemple.fr"])
def test_a_person_whose_address_resembles_a_form_stays_the_author(receive_message, sender):
    ticket = receive_message("Bonjour", sender=sender, more=PAUL).touchpoint.ticket
    assert ticket.sender == sender


def test_a_form_that_says_so_in_its_header_only(receive_message):
    more = f"{PAUL}Auto-Submitted: auto-generated\r\n"
    ticket = receive_message("Une place ?", sender="formulaire@caf.example", more=more).touchpoint.ticket
    assert proposed(ticket) == [("paul@exemple.fr", False), ("formulaire@caf.example", False)]


def test_our_own_form_leads_to_who_filled_it_and_never_to_ourselves(receive_message):
    ticket = receive_message("Une place ?", sender="site@demande.invalid", more=PAUL).touchpoint.ticket
    assert proposed(ticket) == [("paul@exemple.fr", False)]


def test_M12_nothing_leaves_by_itself_to_an_address_that_a_form_names(receive_message):
    receive_message("Une place ?", sender="noreply@mairie.example", more=PAUL)
    told = Outgoing.objects.get()
    assert (told.state, told.reason) == (
        Outgoing.State.REFUSED,
        "Écrit par un formulaire : la personne est à vérifier d’abord.",
    )


def test_M09_a_known_person_of_whom_a_form_gives_the_address_stays_to_be_verified(
    receive_message, make_person
):
    known = make_person(email="paul@exemple.fr")
    ticket = receive_message("Une place ?", sender="noreply@mairie.example", more=PAUL).touchpoint.ticket
    assert ticket.person is None
    assert Person.objects.get() == known


def test_an_unknown_sender_is_answered_where_they_ask_and_acknowledged_where_they_wrote(receive_message):
    ticket = receive_message("Bonjour", more=PAUL).touchpoint.ticket
    assert proposed(ticket) == [("paul@exemple.fr", False), ("samira@exemple.fr", False)]
    assert Outgoing.objects.get().recipient == "samira@exemple.fr"


class TestKnownSender:
    @pytest.fixture
    def samira(self, make_person):
        return make_person(given_name="Samira", email="samira@exemple.fr")

    def test_M09_the_address_on_file_comes_first_and_the_other_is_warned_of(self, receive_message, samira):
        ticket = receive_message("Bonjour", more=PAUL).touchpoint.ticket
        assert proposed(ticket) == [("samira@exemple.fr", False), ("paul@exemple.fr", True)]
        assert "vérifiez" in read_recipients(ticket)[1].warning
        assert "paul@exemple.fr, que nous ne connaissons pas" in ticket.touchpoints.first().remarks[-1]
        assert not ContactPoint.objects.filter(value="paul@exemple.fr").exists()

    def test_another_address_of_theirs_is_answered_first_where_they_ask(self, receive_message, samira):
        ContactPoint.objects.create(
            person=samira, kind="email", value="paul@exemple.fr", created_at=timezone.now()
        )
        ticket = receive_message("Bonjour", more=PAUL).touchpoint.ticket
        assert proposed(ticket) == [("paul@exemple.fr", False), ("samira@exemple.fr", False)]

    def test_the_address_of_somebody_else_is_doubted_too(self, receive_message, samira, make_person):
        make_person(given_name="Paul", email="paul@exemple.fr")
        ticket = receive_message("Bonjour", more=PAUL).touchpoint.ticket
        assert proposed(ticket) == [("samira@exemple.fr", False), ("paul@exemple.fr", True)]

    @pytest.mark.parametrize("asked", ["samira@exemple.fr", "accueil@demande.invalid", "(((", ""])
    def test_what_asks_for_nothing_else_changes_nothing(self, receive_message, samira, asked):
        arrival = receive_message("Bonjour", more=f"Reply-To: {asked}\r\n")
        assert proposed(arrival.touchpoint.ticket) == [("samira@exemple.fr", False)]
        assert "answer_addresses" not in arrival.touchpoint.facts

    def test_what_the_last_message_asks_for_wins(self, receive_message, samira):
        ticket = receive_message("Bonjour", more=PAUL).touchpoint.ticket
        receive_message("Encore moi", to=seals.reply_address(ticket.reference))
        assert proposed(ticket) == [("samira@exemple.fr", False), ("paul@exemple.fr", True)]


def test_nobody_answers_a_whole_list(receive_message):
    ticket = receive_message(
        "La rue", more="Reply-To: quartier@listes.example\r\nList-Id: <quartier>\r\n"
    ).touchpoint.ticket
    assert proposed(ticket) == [("samira@exemple.fr", False)]


def test_both_are_shown_where_an_agent_answers(receive_message, client_of, central):
    ticket = receive_message("Une place ?", sender="noreply@mairie.example", more=PAUL).touchpoint.ticket
    page = one_line(client_of(central).get(f"/demandes/{ticket.reference}/").content.decode())
    assert (
        0
        < page.index('value="mail:paul@exemple.fr" checked')
        < page.index('value="mail:noreply@mairie.example"')
    )
    assert "Personne ne lit les réponses à cette adresse." in page
