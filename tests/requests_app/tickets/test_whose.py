"""For whom a ticket is: what the machine takes for granted, and what an agent changes and undoes."""

import pytest
from django.utils import timezone

from requests_app.outbox.models import Outgoing, SecretLink
from requests_app.people.models import ContactPoint, Person
from requests_app.people.services import NewPerson
from requests_app.tickets import services
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Event, Participant, Ticket
from requests_app.tickets.selectors.events import sentence
from requests_app.tickets.services.participants import propose_copied

pytestmark = pytest.mark.django_db

WARD = "c.martin@hopital-nord.example"
ABOUT_GIRARD = "Bonjour, M. Oumar Girard sort jeudi. Son numéro : 06 39 98 21 43.\nMme Martin, service social"
ABOUT_DIOP = "Bonjour, Mme Fatou Diop sort lundi.\nMme Martin, service social"
Role = Participant.Role


@pytest.fixture
def receive_message(territory):
    def heard(text="Bonjour", sender=WARD, name="Claire Martin", **fields):
        here = ("mdm.lyon8-est@grandlyon.com",)
        whole = {"sender_kind": "email", "sender_value": sender, "sender_name": name, "mailboxes": here}
        said = InboundMessage(
            channel="mail", occurred_at=timezone.now(), text=text, reply_text=text, **whole | fields
        )
        return services.receive(said, at=timezone.now()).ticket

    return heard


@pytest.fixture
def choose(chloe):
    def chosen(ticket, who, role="", by=chloe):
        fresh = Ticket.objects.get(pk=ticket.pk)
        services.choose_person(ticket=fresh, who=who, writer_role=role, by=by, at=timezone.now())
        ticket.refresh_from_db()
        return ticket

    return chosen


@pytest.fixture
def take_back(chloe):
    def taken(ticket):
        services.restore_person(ticket=Ticket.objects.get(pk=ticket.pk), by=chloe, at=timezone.now())
        ticket.refresh_from_db()
        return ticket

    return taken


def taking_part(ticket):
    rows = Participant.objects.present().filter(ticket=ticket).order_by("pk")
    return [(row.name, row.role, row.address) for row in rows]


GIRARD = NewPerson("Oumar", "Girard", phone="+33639982143")


class TestHeard:
    def test_a_professional_takes_part_and_the_person_is_to_choose(self, receive_message):
        ticket = receive_message(ABOUT_GIRARD)
        assert (ticket.person, ticket.sender) == (None, "Claire Martin")
        assert taking_part(ticket) == [("Claire Martin", Role.PROFESSIONAL, WARD)]
        row = Participant.objects.get()
        assert (row.added_by, row.may_receive) == (None, False)

    def test_two_patients_of_one_address_share_no_record(self, receive_message, choose):
        first = choose(receive_message(ABOUT_GIRARD), GIRARD, Role.PROFESSIONAL)
        second = receive_message(ABOUT_DIOP)
        assert second.person is None
        choose(second, NewPerson("Fatou", "Diop"), Role.PROFESSIONAL)
        assert first.person.full_name == "Oumar Girard"
        assert second.person.full_name == "Fatou Diop"
        assert not ContactPoint.objects.filter(value=WARD).exists()

    def test_an_organisation_is_no_person_and_no_maison_is_known_by_it(self, receive_message, villeurbanne):
        first = receive_message("Bonjour, un dossier.", "accueil@exemple.fr", "Association Le Pont")
        Ticket.objects.filter(pk=first.pk).update(maison=villeurbanne)
        second = receive_message(
            "Un autre dossier.", "accueil@exemple.fr", "Association Le Pont", mailboxes=()
        )
        assert (first.person, second.person, Person.objects.count()) == (None, None, 0)
        assert second.maison is None
        assert taking_part(second) == [("Association Le Pont", Role.ORGANISATION, "accueil@exemple.fr")]

    @pytest.mark.parametrize("address", ["accueil@exemple.fr", "service.social@exemple.fr"])
    def test_an_office_without_a_name_is_no_person(self, receive_message, address):
        assert receive_message("Bonjour", address, "").person is None
        assert receive_message("Bonjour", address, "Claire Martin").person.full_name == "Claire Martin"

    @pytest.mark.parametrize("name", ["Portail Usagers", "Copieur accueil", "Formulaire de contact"])
    def test_a_machine_that_names_itself_is_no_person(self, receive_message, name):
        assert (
            receive_message("Une allocataire demande à être rappelée.", "envoi@exemple.fr", name).person
            is None
        )

    def test_a_record_that_is_an_organisation_already_is_not_taken_for_the_person(
        self, receive_message, make_person
    ):
        make_person(family_name="Mairie de Bron", email="social@exemple.fr")
        assert receive_message("Bonjour", "social@exemple.fr", "").person is None

    def test_who_was_said_to_write_for_others_does_so_the_next_time(self, receive_message, choose):
        plain = {"sender": "lea@exemple.fr", "name": "Léa Petit"}
        first = receive_message("Bonjour, je vous écris pour un monsieur.", **plain)
        assert first.person.full_name == "Léa Petit"
        choose(first, GIRARD, Role.HELPER)
        assert receive_message("Encore une question.", **plain).person.full_name == "Léa Petit"
        choose(first, NewPerson("Fatou", "Diop"), Role.PROFESSIONAL)
        assert taking_part(first) == [("Léa Petit", Role.PROFESSIONAL, "lea@exemple.fr")]
        later = receive_message("Une autre situation.", **plain)
        assert (later.person, taking_part(later)[0][1]) == (None, Role.PROFESSIONAL)

    def test_somebody_at_work_who_speaks_of_nobody_is_the_person(self, receive_message):
        assert (
            receive_message("Bonjour, je voudrais un rendez-vous pour moi.").person.full_name
            == "Claire Martin"
        )

    def test_a_citizen_who_names_their_social_worker_is_the_person(self, receive_message):
        words = "Bonjour, Mme Roux, assistante sociale, m’a dit de vous écrire.\nPaul Vial"
        assert receive_message(words, "paul@exemple.fr", "Paul Vial").person.full_name == "Paul Vial"

    def test_a_family_mailbox_names_nobody(self, receive_message):
        assert receive_message("Bonjour", "famille@exemple.fr", "Famille Martin").person is None
        assert Person.objects.count() == 0

    def test_another_given_name_at_a_known_address_is_somebody_else(self, receive_message, amina):
        mailbox = "amina.benali@exemple.fr"
        assert receive_message("Bonjour", mailbox, "Karim Benali").person is None
        assert receive_message("Bonjour", mailbox, "BENALI Amina").person == amina
        assert receive_message("Bonjour", mailbox, "").person == amina

    def test_a_reply_of_the_professional_joins_by_the_seal(self, receive_message):
        ticket = receive_message(ABOUT_GIRARD)
        assert receive_message("Voici la suite.", follows=ticket.reference) == ticket


class TestChoosing:
    def test_the_writer_stays_in_the_ticket_under_their_role(self, receive_message, choose):
        ticket = choose(receive_message(ABOUT_GIRARD), GIRARD, Role.PROFESSIONAL)
        assert (ticket.person.full_name, ticket.sender) == ("Oumar Girard", "Oumar Girard")
        assert taking_part(ticket) == [("Claire Martin", Role.PROFESSIONAL, WARD)]
        assert [point.value for point in ticket.person.contact_points.all()] == ["+33639982143"]

    def test_it_is_said_in_the_history(self, receive_message, choose, chloe):
        event = Event.objects.filter(ticket=choose(receive_message(ABOUT_GIRARD), GIRARD)).get()
        assert (event.kind, event.by) == (Event.Kind.PERSON_LINKED, chloe)
        assert sentence(event.kind, "Chloé", event.data) == "Chloé a lié la demande à Oumar Girard"

    def test_from_one_person_to_another_both_are_named(self, receive_message, choose):
        ticket = choose(receive_message("Bonjour", "lea@exemple.fr", "Léa Petit"), GIRARD, Role.RELATIVE)
        said = sentence("person_linked", "Chloé", Event.objects.get(ticket=ticket).data)
        assert said == "Chloé a changé la personne : Léa Petit devient Oumar Girard"
        assert taking_part(ticket) == [("Léa Petit", Role.RELATIVE, "lea@exemple.fr")]
        assert Participant.objects.get().person.full_name == "Léa Petit"

    def test_an_anonymous_call_is_named_later(self, make_ticket, choose):
        ticket = make_ticket(channel="phone", person=None, sender="")
        assert choose(ticket, NewPerson("Awa", "Kone", 1985)).person.birth_year == 1985
        assert taking_part(ticket) == []

    def test_one_of_a_family_shares_the_mailbox_from_now_on(self, receive_message, choose, amina):
        mailbox = "amina.benali@exemple.fr"
        ticket = choose(receive_message("Bonjour", mailbox, ""), NewPerson("Karim", "Benali"))
        shared = ContactPoint.objects.filter(value=mailbox).values_list("person__given_name", "is_shared")
        assert sorted(shared) == [("Amina", True), ("Karim", True)]
        assert ticket.person.given_name == "Karim"
        assert receive_message("Bonjour", mailbox, "").person is None

    def test_M09_an_address_that_proves_nothing_changes_nobodys_contacts(
        self, receive_message, choose, amina
    ):
        ticket = receive_message("Bonjour", "amina.benali@exemple.fr", "", is_sender_sure=False)
        choose(ticket, NewPerson("Karim", "Benali"))
        assert not ContactPoint.objects.filter(is_shared=True).exists()
        assert ContactPoint.objects.get(value="amina.benali@exemple.fr").person == amina

    def test_nobody_is_known_yet(self, receive_message, choose):
        ticket = choose(receive_message("Bonjour", "lea@exemple.fr", "Léa Petit"), None, Role.OTHER)
        assert ticket.person is None
        said = sentence("person_linked", "Chloé", Event.objects.get(ticket=ticket).data)
        assert said == "Chloé a dit que la personne n’est pas encore connue"

    def test_A05_opens_none_of_the_persons_other_tickets(
        self, receive_message, choose, amina, make_ticket, elsa
    ):
        theirs = make_ticket(person=amina)
        mine = receive_message("Bonjour", "lea@exemple.fr", "Léa Petit")
        Ticket.objects.filter(pk=mine.pk).update(maison_id=elsa.current_maison_id)
        choose(mine, amina, Role.RELATIVE, by=elsa)
        with pytest.raises(NotAllowed):
            choose(theirs, GIRARD, by=elsa)

    @pytest.mark.parametrize("who", ["bruno", "elsa"])
    def test_A01_who_does_not_handle_it_changes_nothing(self, make_ticket, choose, request, who):
        with pytest.raises(NotAllowed):
            choose(make_ticket(person=None), GIRARD, by=request.getfixturevalue(who))
        assert not Person.objects.filter(family_name="Girard").exists()

    def test_the_same_person_is_no_change(self, make_ticket, choose, amina):
        with pytest.raises(Refused, match="déjà pour cette personne"):
            choose(make_ticket(person=amina), amina)


class TestTakingBack:
    def test_everything_is_as_before(self, receive_message, choose, take_back):
        ticket = receive_message(ABOUT_GIRARD)
        before = (ticket.person, ticket.sender, taking_part(ticket))
        choose(ticket, GIRARD, Role.ORGANISATION)
        take_back(ticket)
        assert (ticket.person, ticket.sender, taking_part(ticket)) == before
        assert Participant.objects.get().added_by is None
        assert not Person.objects.exists()
        assert Event.objects.filter(ticket=ticket, kind=Event.Kind.PERSON_BACK).count() == 1

    def test_the_mailbox_is_no_longer_shared(self, receive_message, choose, take_back, amina):
        ticket = choose(
            receive_message("Bonjour", "amina.benali@exemple.fr", ""), NewPerson("Karim", "Benali")
        )
        assert take_back(ticket).person == amina
        assert not ContactPoint.objects.filter(is_shared=True).exists()
        assert not Person.objects.filter(given_name="Karim").exists()

    def test_who_was_only_chosen_stays(self, receive_message, choose, take_back, amina):
        ticket = choose(receive_message(ABOUT_GIRARD), amina, Role.PROFESSIONAL)
        assert take_back(ticket).person is None
        assert Person.objects.filter(pk=amina.pk).exists()

    def test_once_only(self, receive_message, choose, take_back):
        ticket = choose(receive_message(ABOUT_GIRARD), GIRARD)
        take_back(ticket)
        with pytest.raises(Refused):
            take_back(ticket)

    def test_a_record_that_serves_elsewhere_is_kept(self, receive_message, choose, take_back, make_ticket):
        ticket = choose(receive_message(ABOUT_GIRARD), GIRARD, Role.PROFESSIONAL)
        make_ticket(person=ticket.person)
        take_back(ticket)
        assert Person.objects.filter(family_name="Girard").exists()

    def test_N06_the_page_opens_to_who_wrote_again(self, receive_message, choose, take_back):
        ticket = receive_message(ABOUT_GIRARD)
        key = Outgoing.objects.get(recipient=WARD).key
        assert _opens(key)
        choose(ticket, GIRARD, Role.PROFESSIONAL)
        assert not _opens(key)
        take_back(ticket)
        assert _opens(key)


class TestChangingPlaces:
    def test_the_one_in_copy_is_the_person_and_the_writer_takes_part(self, receive_message, chloe, take_back):
        ticket = receive_message("Bonjour", "lea@exemple.fr", "Léa Petit")
        propose_copied(ticket, [("oumar@exemple.fr", "Oumar Girard")], timezone.now())
        row = Participant.objects.select_related("ticket__person", "person").get()
        services.choose_participant(participant=row, by=chloe, at=timezone.now())
        ticket.refresh_from_db()
        assert ticket.person.full_name == "Oumar Girard"
        assert [point.value for point in ticket.person.contact_points.all()] == ["oumar@exemple.fr"]
        assert taking_part(ticket) == [("Léa Petit", Role.OTHER, "lea@exemple.fr")]
        assert take_back(ticket).person.full_name == "Léa Petit"
        assert taking_part(ticket) == [("Oumar Girard", Role.COPIED, "oumar@exemple.fr")]

    def test_and_back_again_by_the_same_gesture(self, receive_message, choose, chloe):
        ticket = choose(receive_message("Bonjour", "lea@exemple.fr", "Léa Petit"), GIRARD, Role.RELATIVE)
        row = Participant.objects.select_related("ticket__person", "person").get()
        services.choose_participant(participant=row, by=chloe, at=timezone.now())
        ticket.refresh_from_db()
        assert ticket.person.full_name == "Léa Petit"
        assert taking_part(ticket) == [("Oumar Girard", Role.OTHER, "+33639982143")]


def _opens(key):
    return SecretLink.objects.usable(timezone.now()).filter(key=key).exists()
