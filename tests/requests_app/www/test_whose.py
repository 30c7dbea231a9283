"""« Pour qui est la demande ? » on the page of a ticket."""

import pytest
from django.utils import timezone

from requests_app.outbox.models import Outgoing
from requests_app.people.models import Mandate
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Participant, Ticket
from requests_app.tickets.services import receive

pytestmark = pytest.mark.django_db

WARD = "c.martin@hopital-nord.example"
WORDS = "Bonjour, M. Oumar Girard sort jeudi. Son numéro : 06 39 98 21 43.\nMme Martin, service social"


@pytest.fixture
def of_hospital(territory, lyon_8):
    said = InboundMessage(
        channel="mail",
        occurred_at=timezone.now(),
        text=WORDS,
        reply_text=WORDS,
        sender_kind="email",
        sender_value=WARD,
        sender_name="Claire Martin",
        mailboxes=("mdm.lyon8-est@grandlyon.com",),
    )
    return receive(said, at=timezone.now()).ticket


@pytest.fixture
def mine(client_of, chloe):
    return client_of(chloe)


def url_of(ticket, rest=""):
    return f"/demandes/{ticket.reference}/{rest}"


def words_of(answer):
    return answer.content.decode().replace("\xa0", " ")


def choose(client, ticket, **fields):
    version = Ticket.objects.get(pk=ticket.pk).version
    return client.post(url_of(ticket, "pour-qui/"), {"version": version, **fields}, follow=True)


def fields_of(proposal):
    return {"person": proposal.person, "who": proposal.who, "role": proposal.role}


class TestProposals:
    def test_one_gesture_for_whom_the_words_are_about(self, mine, of_hospital):
        first, second = mine.get(url_of(of_hospital)).context["whose"].proposals
        assert (first.label, second.label) == ("Oumar Girard, 06 39 98 21 43", "Claire Martin, qui a écrit")
        choose(mine, of_hospital, **fields_of(first))
        of_hospital.refresh_from_db()
        assert of_hospital.person.full_name == "Oumar Girard"
        row = Participant.objects.get()
        assert (row.address, row.role, row.added_by.username) == (WARD, "professional", "chloe")

    def test_who_wrote_may_be_the_person(self, mine, of_hospital):
        proposal = mine.get(url_of(of_hospital)).context["whose"].proposals[1]
        choose(mine, of_hospital, **fields_of(proposal))
        of_hospital.refresh_from_db()
        assert of_hospital.person.contact_points.get().value == WARD

    def test_is_undone_from_the_page_that_follows(self, mine, of_hospital):
        proposal = mine.get(url_of(of_hospital)).context["whose"].proposals[0]
        undo = choose(mine, of_hospital, **fields_of(proposal)).context["undo"]
        assert undo.strong == "La personne est choisie."
        page = mine.post(undo.action, {undo.name: undo.value}, follow=True)
        assert page.context["ticket"].person is None
        assert "a annulé le choix de la personne" in words_of(page)

    def test_who_gives_another_name_on_a_known_address_is_proposed(self, mine, make_ticket, amina):
        ticket = make_ticket(person=amina, text="Bonjour, je suis Karim Diop, où en est mon dossier ?")
        (proposal,) = mine.get(url_of(ticket)).context["whose"].proposals
        assert (proposal.label, proposal.who) == ("Karim Diop", "Karim Diop")

    def test_a_service_is_not_proposed_as_a_person_nor_who_signs_for_it(self, mine, territory, lyon_8):
        words = "Mme Lan Pham, née le 04/07/1941, sort demain.\nClaire Meunier\nAssistante sociale"
        said = InboundMessage(
            channel="mail",
            occurred_at=timezone.now(),
            subject="Sortie",
            text=words,
            sender_kind="email",
            sender_value="servicesocial@ghe.hopital.example",
            sender_name="Service social",
            mailboxes=("mdm.lyon8-est@grandlyon.com",),
        )
        ticket = receive(said, at=timezone.now()).ticket
        (proposal,) = mine.get(url_of(ticket)).context["whose"].proposals
        assert (proposal.label, proposal.who) == ("Lan Pham, 04/07/1941", "Lan Pham 04/07/1941")

    def test_who_is_answered_first_is_not_offered_again(self, mine, of_hospital):
        page = mine.get(url_of(of_hospital))
        composer = page.context["composer"]
        assert [way.address for way in composer.ways if way.is_chosen] == [WARD]
        assert composer.copies == []
        assert "En copie, à confirmer" not in words_of(page)

    def test_a_relative_named_is_proposed_beside_the_person(self, mine, make_ticket, amina):
        ticket = make_ticket(person=amina, text="Bonjour, pour ma mère Fatou Diop. Merci.")
        (proposal,) = mine.get(url_of(ticket)).context["whose"].proposals
        assert (proposal.who, proposal.role) == ("Fatou Diop", "relative")

    def test_nobody_is_proposed_who_is_the_person_already(self, mine, make_ticket, amina):
        ticket = make_ticket(person=amina, text="Mme Amina Benali attend.")
        assert mine.get(url_of(ticket)).context["whose"].proposals == []


class TestRecipients:
    """Whoever writes for the person is never offered first as if they were the person (O08)."""

    def named(self, page):
        return [(way.name, way.part, way.address) for way in page.context["composer"].ways]

    def chosen(self, page):
        return [way.address for way in page.context["composer"].ways if way.is_chosen]

    @pytest.mark.parametrize("role", ["social_worker", "relative", "other"])
    def test_their_own_way_comes_first_and_each_says_whose_it_is(self, mine, of_hospital, role):
        choose(mine, of_hospital, who="Oumar Girard 06 39 98 21 43", person="new", role=role)
        page = mine.get(url_of(of_hospital))
        part = str(Participant.Role(role).label)
        assert self.named(page) == [
            ("Oumar Girard", "", "+33639982143"),
            ("Claire Martin", part, WARD),
        ]
        assert self.chosen(page) == ["+33639982143"]
        assert "Ni e-mail ni mobile" not in words_of(page)

    def test_even_when_a_warning_stands_on_it(self, mine, of_hospital, make_person):
        choose(mine, of_hospital, who="Oumar Girard 06 39 98 21 43", person="new", role="relative")
        Ticket.objects.get().person.contact_points.update(needs_check=True)
        assert self.chosen(mine.get(url_of(of_hospital))) == ["+33639982143"]

    def test_who_cannot_be_written_to_is_said_and_a_professional_is_named(self, mine, of_hospital):
        choose(mine, of_hospital, who="Oumar Girard", person="new", role="professional")
        page = mine.get(url_of(of_hospital))
        assert "Ni e-mail ni mobile utilisable pour Oumar Girard." in words_of(page)
        assert self.named(page) == [("Claire Martin", "Professionnel", WARD)]
        assert self.chosen(page) == [WARD]
        assert page.context["composer"].ways[0].note == ""

    def test_a_relative_is_answered_in_their_place_only_knowingly(self, mine, of_hospital):
        choose(mine, of_hospital, who="Oumar Girard", person="new", role="relative")
        page = mine.get(url_of(of_hospital))
        said = "Claire Martin n’est pas la personne : relisez ce que vous lui écrivez."
        assert page.context["composer"].ways[0].note == said
        given = {"version": page.context["ticket"].version, "token": "a" * 32, "text": "Bonjour"}
        refused = mine.post(url_of(of_hospital, "repondre/"), {**given, "to": f"mail:{WARD}"}, follow=True)
        assert said in refused.context["refusal"].message
        assert not Outgoing.objects.filter(kind="answer").exists()
        mine.post(url_of(of_hospital, "repondre/"), {**given, "to": f"mail:{WARD}", "confirmed": WARD})
        assert [row.recipient for row in Outgoing.objects.filter(kind="answer")] == [WARD]

    def test_a_landline_is_no_way_to_write(self, mine, of_hospital):
        choose(mine, of_hospital, who="Oumar Girard 04 78 00 00 01", person="new", role="professional")
        page = mine.get(url_of(of_hospital))
        assert "Ni e-mail ni mobile utilisable pour Oumar Girard." in words_of(page)

    def test_who_was_added_and_never_wrote_can_be_answered(self, mine, make_ticket, make_person):
        ticket = make_ticket(person=make_person(given_name="Awa", family_name="Kone"), sender="")
        given = {"address": "06 39 98 77 88", "full_name": "Mme Roux", "role": "social_worker"}
        mine.post(url_of(ticket, "participant/"), {**given, "receives": ""})
        page = mine.get(url_of(ticket))
        assert self.named(page) == [("Mme Roux", "Travailleur social", "+33639987788")]
        given = {"version": page.context["ticket"].version, "token": "b" * 32, "text": "Bonjour"}
        mine.post(url_of(ticket, "repondre/"), {**given, "to": "sms:+33639987788"})
        assert [row.recipient for row in Outgoing.objects.filter(kind="answer")] == ["+33639987788"]

    def test_nobody_is_named_where_the_person_is_alone(self, mine, make_ticket, amina):
        ticket = make_ticket(person=amina, text="Où en est mon dossier ?")
        assert {(name, part) for name, part, _address in self.named(mine.get(url_of(ticket)))} == {("", "")}

    def test_a_guardian_who_receives_for_the_person_comes_first(self, mine, of_hospital, chloe):
        choose(mine, of_hospital, who="Oumar Girard 06 39 98 21 43", person="new", role="professional")
        person = Ticket.objects.get().person
        assert person
        Mandate.objects.create(
            person=person,
            kind="guardianship",
            holder="Étude Blanc",
            address="blanc@tutelle.example",
            receives="holder",
            starts_on=timezone.localdate(),
            noted_at=timezone.now(),
            noted_by=chloe,
        )
        page = mine.get(url_of(of_hospital))
        assert self.named(page)[0] == ("Étude Blanc", "Tutelle", "blanc@tutelle.example")
        assert self.chosen(page) == ["blanc@tutelle.example"]
        assert "Ni e-mail ni mobile" not in words_of(page)


class TestSearch:
    def test_by_name_the_found_are_shown_and_one_is_chosen(self, mine, make_ticket, amina):
        make_ticket(person=amina)
        ticket = make_ticket(person=None, sender="", channel="phone")
        page = choose(mine, ticket, who="benali amina", role="helper")
        assert page.status_code == 422
        (found,) = page.context["whose"].found
        assert found.person.id == amina.pk
        choose(mine, ticket, pick=found.token, person="", who="benali amina", role="helper")
        ticket.refresh_from_db()
        assert ticket.person == amina

    def test_a_new_person_with_a_number(self, mine, make_ticket):
        ticket = make_ticket(person=None, sender="", channel="phone")
        choose(mine, ticket, who="nadia kerbec 06 39 98 44 55", person="new")
        person = Ticket.objects.get(pk=ticket.pk).person
        assert (person.given_name, person.family_name) == ("Nadia", "Kerbec")
        assert person.contact_points.get().value == "+33639984455"

    def test_somebody_known_by_that_number_is_asked_first(self, mine, make_ticket, amina):
        make_ticket(person=amina)
        ticket = make_ticket(person=None, sender="", channel="phone")
        page = choose(mine, ticket, who="Amina B 06 39 98 12 34", person="new")
        assert "Cette personne existe peut-être déjà" in words_of(page)
        assert page.context["whose"].create == "create"
        choose(mine, ticket, who="Amina B 06 39 98 12 34", pick="create", person="")
        assert Ticket.objects.get(pk=ticket.pk).person not in {None, amina}

    @pytest.mark.parametrize(
        "fields", [{}, {"who": "  "}, {"who": "?", "person": "new"}, {"person": "1:forged"}, {"person": "7"}]
    )
    def test_what_names_nobody_changes_nothing_and_says_why(self, mine, make_ticket, amina, fields):
        ticket = make_ticket(person=None)
        page = choose(mine, ticket, **fields)
        assert page.status_code == 422
        assert page.context["refusal"].message
        assert Ticket.objects.get(pk=ticket.pk).person is None

    def test_A05_a_token_serves_only_who_was_shown_it(self, client_of, chloe, central, make_ticket, amina):
        make_ticket(person=amina)
        ticket = make_ticket(person=None)
        page = choose(client_of(central), ticket, who="benali amina")
        token = page.context["whose"].found[0].token
        assert choose(client_of(chloe), ticket, person=token).status_code == 422

    def test_A05_a_name_known_elsewhere_only_is_not_found(self, mine, make_ticket, make_person, villeurbanne):
        far = make_person(given_name="Lina", family_name="Ailleurs")
        make_ticket(person=far, maison=villeurbanne)
        page = choose(mine, make_ticket(person=None), who="lina ailleurs")
        assert page.context["whose"].found == []

    def test_suggests_while_one_types(self, mine, make_ticket, amina):
        ticket = make_ticket(person=amina)
        answer = mine.post(url_of(ticket, "pour-qui/chercher/"), {"who": "benali", "version": "1"})
        assert "Amina Benali" in words_of(answer)
        assert "Nouvelle personne « benali »" in words_of(answer)
        assert mine.get(url_of(ticket, "pour-qui/chercher/")).status_code == 405

    def test_P01_a_name_never_stands_in_an_address(self, mine, make_ticket):
        page = choose(mine, make_ticket(person=None), who="nadia kerbec", person="new")
        assert all("kerbec" not in url.lower() for url, _status in page.redirect_chain)

    def test_A01_the_desk_sees_no_panel(self, client_of, bruno, make_ticket, amina):
        ticket = make_ticket(person=amina)
        page = client_of(bruno).get(url_of(ticket))
        assert page.context["whose"] is None
        assert "Pour qui est la demande" not in words_of(page)
        assert client_of(bruno).post(url_of(ticket, "pour-qui/"), {"version": 1}).status_code == 403

    def test_W15_what_was_typed_is_escaped(self, mine, make_ticket):
        page = choose(mine, make_ticket(person=None), who="<script>alert(1)</script>")
        assert "<script>alert" not in words_of(page)

    def test_K4_costs_the_same_for_a_ticket_without_person(
        self, mine, make_ticket, amina, django_assert_max_num_queries
    ):
        ticket = make_ticket(person=amina, text="Pour ma mère Fatou Diop et M. Oumar Girard")
        mine.get(url_of(ticket))
        with django_assert_max_num_queries(20):
            mine.get(url_of(ticket))


class TestParticipants:
    def test_a_helper_known_by_a_number_only(self, mine, make_ticket, amina):
        ticket = make_ticket(person=amina)
        given = {"address": "06 39 98 77 88", "full_name": "Mme Blanc", "role": "helper", "receives": ""}
        mine.post(url_of(ticket, "participant/"), given)
        assert Participant.objects.get().address == "+33639987788"
        page = mine.get(url_of(ticket))
        assert "06 39 98 77 88" in words_of(page)
        assert page.context["composer"].copies == []

    def test_changes_places_with_the_person(self, mine, make_ticket, make_touchpoint, amina):
        ticket = make_ticket(person=amina, sender="amina.benali@exemple.fr")
        given = {
            "address": "karim@exemple.fr",
            "full_name": "Karim Benali",
            "role": "relative",
            "receives": "",
        }
        mine.post(url_of(ticket, "participant/"), given)
        row = Participant.objects.get()
        page = mine.post(url_of(ticket, "pour-ce-participant/"), {"which": row.pk}, follow=True)
        assert page.context["ticket"].person.full_name == "Karim Benali"
        (shown,) = page.context["beside"].participants
        assert (shown.name, shown.address) == ("Amina Benali", "amina.benali@exemple.fr")
        undo = page.context["undo"]
        page = mine.post(undo.action, {undo.name: undo.value}, follow=True)
        assert page.context["ticket"].person == amina
        assert [each.name for each in page.context["beside"].participants] == ["Karim Benali"]
