"""A ticket between several Maisons waits in a queue that they share, until one of them is chosen."""

import pytest
from django.utils import timezone

from requests_app.access.scope import scope_of
from requests_app.accounts.models import Role
from requests_app.answers.plain import ticket_as_plain
from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison
from requests_app.people.models import Person
from requests_app.tickets.errors import NotAllowed
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import State
from requests_app.tickets.selectors.views import VIEWS, list_view
from requests_app.tickets.services import assign, receive, sort, take
from tests.history import said_by

pytestmark = pytest.mark.django_db

NOW = timezone.now()
WORDS = "Je suis Nadia et je voudrais une aide du FSL pour une facture d’électricité."


@pytest.fixture
def receive_message(territory):
    def make(text=WORDS, channel="portal", **fields):
        return receive(InboundMessage(channel=channel, occurred_at=NOW, text=text, **fields), at=NOW).ticket

    return make


@pytest.fixture
def handler_at(make_agent):
    def make(code):
        return make_agent(f"agent-{code.lower()}", (Role.CASE_HANDLER, Maison.objects.get(code=code)))

    return make


def to_sort(agent):
    everything = {"scope": scope_of(agent), "channel": "", "now": NOW}
    narrowed = list_view(VIEWS["a-trier"], maison_id=agent.current_maison_id, **everything)
    assert set(narrowed) <= set(list_view(VIEWS["a-trier"], maison_id=None, **everything))
    return [ticket.pk for ticket in narrowed]


@pytest.mark.parametrize(
    ("insee", "codes"),
    [
        ("69387", 2),
        ("69388", 2),
        ("69259", 2),
        ("69266", 4),
    ],
)
class TestAmbiguous:
    def test_is_seen_and_handled_by_each_of_its_maisons(self, receive_message, handler_at, insee, codes):
        ticket = receive_message(insee=insee)
        told = ticket_as_plain(ticket)["shared_with"]
        assert (ticket.maison, len(told), told) == (None, codes, sorted(told))
        for code in told:
            agent = handler_at(code)
            assert to_sort(agent) == [ticket.pk]
            assert scope_of(agent).can_handle(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)

    def test_is_nobody_elses(self, receive_message, handler_at, insee, codes):
        ticket, stranger = receive_message(insee=insee), handler_at("P54")
        assert to_sort(stranger) == []
        with pytest.raises(NotAllowed):
            take(ticket=ticket, by=stranger, at=NOW)

    def test_leaves_the_others_once_one_is_chosen(self, receive_message, handler_at, insee, codes):
        ticket = receive_message(insee=insee)
        first, second, *_others = [handler_at(code) for code in ticket_as_plain(ticket)["shared_with"]]
        topic = Topic.objects.get(code="fsl-acces-maintien")
        sort(ticket=ticket, topic=topic, maison=first.current_maison, by=first, at=NOW)
        ticket.refresh_from_db()
        assert (ticket.maison, ticket.shared_with, ticket.state) == (first.current_maison, [], State.OPEN)
        assert to_sort(second) == []
        assert not scope_of(second).can_see(ticket.maison_id, ticket.shared_with)


def test_the_mailbox_of_four_maisons_is_shared_by_them(receive_message, elsa):
    ticket = receive_message(channel="mail", mailboxes=("mdm.villeurbanne@grandlyon.com",))
    assert len(ticket.shared_with) == 4
    assert to_sort(elsa) == [ticket.pk]


def test_the_central_team_still_sees_it(receive_message, central):
    ticket = receive_message(insee="69266")
    assert to_sort(central) == [ticket.pk]


def test_a_whole_town_of_many_maisons_is_for_the_central_team_only(receive_message):
    assert receive_message(insee="69123").shared_with == []


def test_a_place_outside_stays_with_the_maison_that_was_written_to(receive_message, chloe, lyon_8):
    ticket = receive_message(channel="mail", mailboxes=("mdm.lyon8-est@grandlyon.com",), insee="38185")
    assert ticket.shared_with == [lyon_8.pk]
    assert to_sort(chloe) == [ticket.pk]
    assert ticket.transfer_body.startswith("Département")


class TestTaken:
    """« À moi » chooses the Maison of whoever takes it (threats: N11: their own, which nobody guessed)."""

    @pytest.mark.parametrize("insee", ["69387", "69388", "69259", "69266"])
    def test_goes_to_the_maison_of_each_agent_who_may(self, receive_message, handler_at, insee):
        for code in ticket_as_plain(receive_message(insee=insee, text=f"{WORDS} {insee}"))["shared_with"]:
            ticket, agent = receive_message(insee=insee, text=f"{WORDS} À {code}."), handler_at(code)
            take(ticket=ticket, by=agent, at=NOW)
            ticket.refresh_from_db()
            assert (ticket.maison, ticket.shared_with) == (agent.current_maison, [])
            assert (ticket.assignee, ticket.state) == (agent, State.OPEN)

    def test_gets_the_topic_proposed_and_says_why_it_is_there(self, receive_message, elsa):
        ticket = receive_message(insee="69266")
        proposed = ticket.proposed_topic
        assert proposed is not None
        take(ticket=ticket, by=elsa, at=NOW)
        assert ticket.topic == proposed
        assert "Elsa Garnier travaille à ce lieu." in said_by(ticket.events.get(kind="rerouted"))

    def test_leaves_the_queue_of_the_others(self, receive_message, elsa, handler_at):
        ticket = receive_message(insee="69266")
        other = next(code for code in ticket_as_plain(ticket)["shared_with"] if code != "P108")
        take(ticket=ticket, by=elsa, at=NOW)
        second = handler_at(other)
        assert to_sort(second) == []
        assert not scope_of(second).can_see(ticket.maison_id, ticket.shared_with)

    def test_goes_where_an_agent_of_several_of_them_works_today(self, receive_message, make_agent):
        ticket = receive_message(insee="69266")
        first, second = Maison.objects.filter(pk__in=ticket.shared_with).order_by("pk")[:2]
        agent = make_agent("double", (Role.CASE_HANDLER, first), (Role.CASE_HANDLER, second))
        agent.current_maison = second
        take(ticket=ticket, by=agent, at=NOW)
        assert ticket.maison_id == second.pk

    def test_waits_for_a_choice_when_its_agent_works_at_several_or_everywhere(
        self, receive_message, make_agent, central
    ):
        ticket = receive_message(insee="69266")
        grants = [(Role.CASE_HANDLER, one) for one in Maison.objects.filter(pk__in=ticket.shared_with)]
        double = make_agent("double", *grants)
        double.current_maison = None
        for agent in (double, central):
            take(ticket=ticket, by=agent, at=NOW)
            assert (ticket.maison_id, len(ticket.shared_with), ticket.assignee) == (None, 4, agent)

    def test_is_entrusted_to_a_colleague_at_their_maison(self, receive_message, elsa, central, villeurbanne):
        ticket = receive_message(insee="69266")
        assign(ticket=ticket, to=elsa, by=central, at=NOW)
        ticket.refresh_from_db()
        assert (ticket.maison, ticket.assignee, ticket.state) == (villeurbanne, elsa, State.OPEN)

    def test_A03_a_reserved_proposal_locks_no_manager_out_of_what_they_take(self, make_ticket, david):
        reserved = Topic.objects.get(code="violences-conjugales")
        ticket = make_ticket(proposed_topic=reserved)
        take(ticket=ticket, by=david, at=NOW)
        assert (ticket.topic, ticket.is_sensitive, ticket.assignee) == (None, False, david)


class TestRights:
    def test_A03_a_danger_is_read_by_handlers_of_these_maisons_only(
        self, receive_message, bruno, chloe, elsa
    ):
        ticket = receive_message("Mon mari me frappe, il va me tuer.", insee="69388")
        assert ticket.is_sensitive
        held = (ticket.maison_id, ticket.is_sensitive, ticket.shared_with)
        assert scope_of(chloe).can_read(*held)
        assert not scope_of(bruno).can_read(*held)
        assert scope_of(bruno).can_see(ticket.maison_id, ticket.shared_with)
        assert not scope_of(elsa).can_see(ticket.maison_id, ticket.shared_with)

    def test_A01_its_page_opens_for_them_and_for_nobody_else(self, receive_message, client, chloe, elsa):
        ticket = receive_message(insee="69388")
        for agent, status in ((chloe, 200), (elsa, 404)):
            client.force_login(agent)
            assert client.get(f"/demandes/{ticket.reference}/").status_code == status
            assert client.get(f"/tri/{ticket.reference}/").status_code == status

    def test_A02_a_placed_one_that_was_shared_tells_nothing_any_more(self, receive_message, elsa, lyon_8):
        ticket = receive_message(insee="69266")
        ticket.maison = lyon_8
        ticket.save()
        assert to_sort(elsa) == []
        assert not scope_of(elsa).can_see(ticket.maison_id, ticket.shared_with)


class TestPage:
    def test_lists_it_with_its_rows_and_counts(self, receive_message, client_of, elsa):
        receive_message(insee="69266", sender_name="Nadia Kerbec")
        page = client_of(elsa).get("/tri/?vue=a-trier")
        assert "Nadia Kerbec" in page.context["rows"]
        assert str(page.context["total"]) == "1"

    def test_is_sorted_to_ones_own_maison_in_one_form(self, receive_message, client_of, elsa, villeurbanne):
        ticket = receive_message(insee="69266", topic_code="fsl-acces-maintien")
        fields = {"version": ticket.version, "topic": "", "maison": villeurbanne.pk, "reason": ""}
        client_of(elsa).post(f"/demandes/{ticket.reference}/trier/?vue=a-trier&ici=tri", fields)
        ticket.refresh_from_db()
        assert (ticket.maison, ticket.state) == (villeurbanne, State.OPEN)

    def test_its_person_is_found_by_them(self, receive_message, client_of, elsa):
        receive_message(
            insee="69266", sender_kind="email", sender_value="nadia@exemple.fr", sender_name="Nadia Kerbec"
        )
        person = Person.objects.get()
        assert client_of(elsa).get(f"/personnes/{person.pk}/").status_code == 200
