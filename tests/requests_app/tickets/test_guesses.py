"""What is read in the words only proposes: whoever received a ticket keeps it (threats: N11)."""

import pytest
from django.utils import timezone

from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import State
from requests_app.tickets.services import receive, sort, unsort

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    ("Bonjour, France Travail m’a radié, je n’ai plus rien à manger.", "France Travail"),
    ("Ma retraite ne suffit plus, la CARSAT ne répond pas à ma demande de retraite.", "CARSAT"),
    ("Mon titre de séjour est à la préfecture, je voudrais parler à quelqu’un.", "Préfecture du Rhône"),
    ("Le collège de mon fils m’a dit de vous écrire pour la cantine du collège.", "direction de l’éducation"),
]


@pytest.fixture
def receive_message(territory):
    def make(text, channel="mail", **fields):
        return receive(
            InboundMessage(channel=channel, occurred_at=timezone.now(), text=text, **fields),
            at=timezone.now(),
        ).ticket

    return make


@pytest.mark.parametrize(("words", "body"), ELSEWHERE)
class TestKept:
    def test_N11_by_the_maison_that_was_written_to(self, receive_message, lyon_8, words, body):
        ticket = receive_message(words, mailboxes=("mdm.lyon8-est@grandlyon.com",))
        assert (ticket.maison, ticket.state, ticket.topic) == (lyon_8, State.TO_SORT, None)
        assert body in ticket.transfer_body
        assert any("relève peut-être d’un autre organisme" in step for step in ticket.decision.steps)

    @pytest.mark.parametrize("channel", ["frontdesk", "phone", "letter"])
    def test_N11_where_it_was_noted(self, receive_message, villeurbanne, words, body, channel):
        ticket = receive_message(words, channel=channel, maison_id=villeurbanne.pk)
        assert ticket.maison == villeurbanne
        assert body in ticket.transfer_body

    def test_N11_at_the_place_that_the_person_chose(self, receive_message, words, body):
        ticket = receive_message(words, channel="portal", insee="69029")
        assert ticket.maison.code == "P54"
        assert body in ticket.transfer_body

    def test_N11_by_the_central_team_when_no_maison_has_it(self, receive_message, words, body):
        ticket = receive_message(words)
        assert (ticket.maison, ticket.decision.outcome) == (None, "unplaced")
        assert body in ticket.transfer_body


def test_N11_a_place_named_in_passing_moves_nobody_from_the_desk(receive_message, lyon_8):
    ticket = receive_message("J’habite à Bron, chez ma sœur.", channel="frontdesk", maison_id=lyon_8.pk)
    assert ticket.maison == lyon_8
    assert "Ce n’est pas la même Maison : à vérifier." in ticket.decision.steps


def test_N11_a_place_named_in_passing_moves_no_mail_from_its_maison(receive_message, lyon_8):
    words = "Hello, I moved to Villeurbanne last month, who can help me with my housing file?"
    assert receive_message(words, mailboxes=("mdm.lyon8-est@grandlyon.com",)).maison == lyon_8


def test_N11_a_place_named_in_passing_is_listed_first_to_the_agent(receive_message, lyon_8, chloe, client):
    words = "bonjour j habite aux minguettes a venissieu je voudrai un rdv"
    ticket = receive_message(words, mailboxes=("mdm.lyon8-est@grandlyon.com",))
    client.force_login(chloe)
    page = client.get(f"/tri/{ticket.reference}/").content.decode().replace("\xa0", " ")
    assert "Le message parle d’un autre lieu : Vénissieux" in page
    possible = page.split('label="Lieux possibles"')[1].split("</optgroup>")[0]
    assert (ticket.maison, ticket.shared_with, possible.count("<option")) == (lyon_8, [], 2)


def test_N11_who_noted_what_goes_elsewhere_reads_it_for_a_day(receive_message, bruno, lyon_8, client):
    ticket = receive_message(
        "Une facture", channel="frontdesk", maison_id=lyon_8.pk, author_id=bruno.pk, insee="69029"
    )
    assert ticket.maison.code == "P54"
    client.force_login(bruno)
    assert client.get(f"/demandes/{ticket.reference}/").status_code == 200


def test_N11_a_topic_that_the_desk_chose_stays_at_the_desk_too(receive_message, lyon_8):
    ticket = receive_message(
        "Où en est sa pension ?", channel="frontdesk", maison_id=lyon_8.pk, topic_code="retraite"
    )
    assert (ticket.maison, ticket.transfer_body) == (lyon_8, "CARSAT Rhône-Alpes")


def test_what_the_person_said_is_about_another_body_still_goes_there(receive_message):
    ticket = receive_message(
        "Mon acte de naissance", channel="portal", topic_code="etat-civil", insee="69029"
    )
    assert (ticket.maison, ticket.transfer_body) == (None, "Mairie de Bron")


def test_sorting_it_here_drops_the_proposal_and_undoing_brings_it_back(receive_message, chloe):
    ticket = receive_message(ELSEWHERE[0][0], mailboxes=("mdm.lyon8-est@grandlyon.com",))
    body = ticket.transfer_body
    sort(ticket=ticket, topic=None, maison=None, by=chloe, at=timezone.now())
    ticket.refresh_from_db()
    assert (ticket.state, ticket.transfer_body) == (State.OPEN, "")
    unsort(ticket=ticket, by=chloe, at=timezone.now())
    ticket.refresh_from_db()
    assert (ticket.state, ticket.transfer_body) == (State.TO_SORT, body)
