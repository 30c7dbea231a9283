"""Follow-up links close with the address they were sent to, and by an agent from the ticket (N06)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.answers.recipients import read_recipients
from requests_app.outbox import links, preflight
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, queue
from requests_app.people.merging import fingerprint
from requests_app.people.models import ContactPoint
from requests_app.people.services import add_point, change_point, remove_point, restore_point
from requests_app.people.services.points import Terms, etag_of_point
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.messages.automatic import show
from requests_app.tickets.messages.preflight import address_is_theirs
from requests_app.tickets.messages.recipient import reader_of
from requests_app.tickets.services import (
    add_participant,
    cut_links,
    link_person,
    merge_persons,
    remove_participant,
    restore_links,
    restore_participant,
    unmerge_persons,
)

EMAIL, PHONE = "amina.benali@exemple.fr", "+33639981234"


@pytest.fixture
def ticket(amina, make_ticket):
    return make_ticket(person=amina)


@pytest.fixture
def send():
    """Send a message about a ticket, with its link; gives the function that says whether it opens."""

    def sent(ticket, address, *, purpose="ticket", subject_id=None):
        at = timezone.now()
        key = f"test:{ticket.reference}:{address}:{purpose}:{at.isoformat()}"
        links.link_for(key, purpose, subject_id or ticket.pk, at)
        message = Message(key, Outgoing.Kind.ACKNOWLEDGMENT, "mail", address, key, {"text": "{lien}"})
        outgoing, _is_new = queue(message, at=at)
        show(ticket=ticket, outgoing=outgoing, at=at)
        secret = links.insert_links("{lien}", outgoing).rpartition("/")[2]
        return lambda: links.resolve(secret, timezone.now()) is not None

    return sent


@pytest.fixture
def point(amina):
    return ContactPoint.objects.get(person=amina, kind="email")


def remove(point, by, at=None):
    return remove_point(point=point, seen=etag_of_point(point), by=by, at=at or timezone.now())


class TestOfAContact:
    def test_N06_removed_it_closes_what_was_sent_there_and_nothing_else(
        self, ticket, send, point, chloe, make_ticket
    ):
        opens = [send(ticket, EMAIL), send(ticket, EMAIL, purpose="appointment", subject_id=7)]
        others = [send(ticket, PHONE), send(make_ticket(), EMAIL)]
        remove(point, chloe)

        assert [each() for each in opens] == [False, False]
        assert [each() for each in others] == [True, True]

    def test_N06_corrected_too(self, ticket, send, point, chloe):
        opens, seen = send(ticket, EMAIL), etag_of_point(point)
        terms = Terms(uses=["answer"])
        change_point(point=point, typed=EMAIL, terms=terms, seen=seen, by=chloe, at=timezone.now())
        assert opens(), "what it serves for has changed, not whose it is"
        point.refresh_from_db()
        change_point(
            point=point,
            typed="a@exemple.fr",
            terms=terms,
            seen=etag_of_point(point),
            by=chloe,
            at=timezone.now(),
        )

        assert not opens()

    def test_N06_so_does_one_not_to_be_used_any_more(self, ticket, send, point, chloe):
        opens = send(ticket, EMAIL)
        terms, seen = Terms(uses=[]), etag_of_point(point)
        change_point(point=point, typed=EMAIL, terms=terms, seen=seen, by=chloe, at=timezone.now())

        assert not opens()

    def test_put_back_it_opens_again_what_the_removal_closed(self, ticket, send, point, chloe, amina):
        long_cut = send(ticket, EMAIL)
        cut_links(ticket=ticket, by=chloe, at=timezone.now())
        opens = send(ticket, EMAIL)
        change = remove(point, chloe)
        restore_point(change=change, person=amina, by=chloe, at=timezone.now())

        assert (opens(), long_cut()) == (True, False)

    def test_N06_nothing_automatic_goes_there_any_more(self, amina, make_ticket, point, chloe):
        ticket = make_ticket(person=amina, sender=EMAIL)
        assert reader_of(ticket).address == EMAIL
        remove(point, chloe)
        assert reader_of(ticket) is None
        add_point(person=amina, kind="email", typed="nouvelle@exemple.fr", by=chloe, at=timezone.now())
        assert reader_of(ticket).address == "nouvelle@exemple.fr"

    def test_N06_what_waits_to_leave_for_it_stays_here(self, ticket, send, point, chloe):
        send(ticket, EMAIL)
        waiting = Outgoing.objects.get()
        assert preflight.obstacle(waiting, timezone.now()) is None
        remove(point, chloe)

        assert "n’est plus celui de la personne" in preflight.obstacle(waiting, timezone.now()).reason

    def test_N06_the_composer_offers_it_no_more(self, amina, make_ticket, point, chloe):
        ticket = make_ticket(person=amina, sender=EMAIL)
        remove(point, chloe)

        (former,) = [each for each in read_recipients(ticket) if each.address == EMAIL]
        assert "retiré de la fiche" in former.why_not


class TestOfATicket:
    def test_N06_cut_none_opens_and_the_next_message_carries_a_new_one(
        self, ticket, send, chloe, make_ticket
    ):
        opens = [send(ticket, EMAIL), send(ticket, PHONE), send(ticket, "autre@exemple.fr")]
        links.link_for("no-message", "ticket", ticket.pk, timezone.now())
        other = send(make_ticket(), EMAIL)
        cut_links(ticket=ticket, by=chloe, at=timezone.now())

        assert [each() for each in opens] == [False, False, False]
        assert links.revoke("ticket", ticket.pk, at=timezone.now()) == 0
        assert other()
        assert send(ticket, EMAIL)()

    def test_N06_those_of_its_appointments_too(self, ticket, send, chloe, make_appointment):
        given = make_appointment(ticket=ticket, agent=chloe)
        links.link_for("appointment-alone", "appointment", given.pk, timezone.now())
        cut_links(ticket=ticket, by=chloe, at=timezone.now())

        assert links.revoke("appointment", given.pk, at=timezone.now()) == 0

    def test_the_undo_opens_them_again_and_no_other(self, ticket, send, chloe):
        first = send(ticket, EMAIL)
        cut_links(ticket=ticket, by=chloe, at=timezone.now() - timedelta(minutes=5))
        second = send(ticket, EMAIL)
        cut_links(ticket=ticket, by=chloe, at=timezone.now())
        restore_links(ticket=ticket, by=chloe, at=timezone.now())

        assert (first(), second()) == (False, True)
        with pytest.raises(Refused, match="Aucun lien"):
            restore_links(ticket=ticket, by=chloe, at=timezone.now())

    def test_A01_is_for_those_who_handle_it(self, ticket, send, bruno, elsa):
        opens = send(ticket, EMAIL)
        for stranger in (bruno, elsa):
            with pytest.raises(NotAllowed):
                cut_links(ticket=ticket, by=stranger, at=timezone.now())

        assert opens()


class TestOfAnotherPerson:
    def test_N06_a_ticket_given_to_another_one_closes_to_the_first(
        self, ticket, send, chloe, amina, make_person, share_contact
    ):
        karim = make_person(given_name="Karim")
        share_contact(karim, PHONE)
        to_amina, to_both = send(ticket, EMAIL), send(ticket, PHONE)
        link_person(ticket=ticket, person=karim, by=chloe, at=timezone.now())

        assert (to_amina(), to_both()) == (False, True)

    def test_N06_two_persons_again_read_no_more_of_each_other(
        self, amina, make_ticket, make_person, send, chloe
    ):
        other = make_person(given_name="Amina", family_name="Benali", birth_year=1968, email="a.b@exemple.fr")
        hers, theirs = make_ticket(person=amina), make_ticket(person=other)
        choices = dict.fromkeys(("given_name", "family_name", "usage_name", "birth"), "une")
        seen = fingerprint(amina, other)
        log = merge_persons(
            survivor=amina, merged=other, choices=choices, seen=seen, by=chloe, at=timezone.now()
        )
        crossed = [send(hers, "a.b@exemple.fr"), send(theirs, EMAIL)]
        own = [send(hers, EMAIL), send(theirs, "a.b@exemple.fr")]
        assert all(each() for each in crossed)
        unmerge_persons(log=log, by=chloe, at=timezone.now())

        assert [each() for each in crossed] == [False, False]
        assert [each() for each in own] == [True, True]


class TestThePage:
    def test_N06_one_gesture_cuts_them_and_one_undoes_it(self, ticket, send, client_of, chloe):
        client, opens, path = client_of(chloe), send(ticket, EMAIL), f"/demandes/{ticket.reference}/"
        page = client.get(path).content.decode()
        assert "Couper les liens de suivi" in page
        answer = client.post(f"{path}couper-les-liens/", {"version": ticket.version}, follow=True)

        assert "Annuler : rétablir les liens" in answer.content.decode()
        assert "a coupé les liens de suivi" in answer.content.decode()
        assert not opens()
        client.post(f"{path}retablir-les-liens/", {"version": ticket.version + 1})
        assert opens()

    def test_the_desk_is_not_offered_it(self, ticket, client_of, bruno):
        assert (
            "Couper les liens" not in client_of(bruno).get(f"/demandes/{ticket.reference}/").content.decode()
        )


class TestRemoved:
    """Whoever an agent removed from a ticket reads nothing more of it."""

    EX = "ex@exemple.fr"

    @pytest.fixture
    def theirs(self, make_ticket, amina):
        return make_ticket(person=amina, sender=self.EX)

    @pytest.fixture
    def row(self, theirs, chloe):
        who = {"address": self.EX, "name": "", "role": "relative", "may_receive": True}
        return add_participant(ticket=theirs, **who, by=chloe, at=timezone.now())

    def test_N06_nothing_leaves_by_itself_to_them(self, theirs, row, chloe):
        waits = Outgoing(recipient=self.EX, kind=Outgoing.Kind.RECEIPT)
        assert (reader_of(theirs).address, address_is_theirs(theirs, waits, timezone.now())) == (self.EX, "")
        remove_participant(participant=row, by=chloe, at=timezone.now())
        assert reader_of(theirs).address == EMAIL
        assert "ne fait plus partie" in address_is_theirs(theirs, waits, timezone.now())

    def test_N06_their_links_close_and_open_again_with_them(self, theirs, row, chloe, send):
        opens, hers = send(theirs, self.EX), send(theirs, EMAIL)
        remove_participant(participant=row, by=chloe, at=timezone.now())
        assert (opens(), hers()) == (False, True)
        row.refresh_from_db()
        restore_participant(participant=row, by=chloe, at=timezone.now())
        assert (opens(), hers()) == (True, True)

    def test_the_person_whom_a_colleague_removed_by_mistake_still_reads(self, ticket, chloe, send):
        who = {"address": EMAIL, "name": "", "role": "relative", "may_receive": True}
        row = add_participant(ticket=ticket, **who, by=chloe, at=timezone.now())
        opens = send(ticket, EMAIL)
        remove_participant(participant=row, by=chloe, at=timezone.now())
        assert opens()
        assert reader_of(ticket).address == EMAIL
