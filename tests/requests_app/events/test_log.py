"""What happens is in the log: once, with ids only, and true after an undo."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.access.scope import scope_of
from requests_app.answers import services as answers
from requests_app.answers.recipients import read_recipients
from requests_app.events.models import DomainEvent
from requests_app.people.merging import FIRST, fingerprint
from requests_app.privacy import services as privacy
from requests_app.privacy.models import DisposalSchedule
from requests_app.tickets import services
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Ticket
from tests.requests_app.privacy.marked import MARK, marked_ticket
from tests.requests_app.privacy.test_purge import LONG_AGO, NOW

pytestmark = pytest.mark.django_db
ADDRESS = "amina.benali@exemple.fr"


def kinds():
    return list(DomainEvent.objects.order_by("pk").values_list("kind", flat=True))


def receive_message(text="Bonjour, où en est mon dossier ?", **fields):
    whole = {"channel": "mail", "occurred_at": timezone.now(), "text": text, **fields}
    return services.receive(InboundMessage(**whole), at=timezone.now())


class TestTickets:
    def test_received_and_where_it_was_placed(self, territory, lyon_8):
        ticket = receive_message(maison_id=lyon_8.pk, channel="frontdesk").ticket
        received, routed = DomainEvent.objects.order_by("pk")
        assert (received.kind, routed.kind) == ("ticket.received", "ticket.routed")
        assert (received.ticket, routed.maison, routed.maison_ids) == (
            ticket.reference,
            lyon_8,
            [lyon_8.pk],
        )

    def test_received_without_a_place(self, territory):
        receive_message()
        assert kinds() == ["ticket.received"]
        assert DomainEvent.objects.get().maison_ids == []

    def test_answered_at_the_counter(self, territory, bruno, lyon_8):
        receive_message(channel="frontdesk", author_id=bruno.pk, is_answered=True, maison_id=lyon_8.pk)
        assert kinds() == ["ticket.received", "ticket.routed", "ticket.answered", "ticket.closed"]

    def test_rerouted_is_told_at_both_places_and_undone(self, make_ticket, chloe, lyon_8, villeurbanne):
        ticket = make_ticket()
        services.reroute(ticket=ticket, maison=villeurbanne, reason="Elle y habite", by=chloe, at=NOW)
        event = DomainEvent.objects.get()
        assert (event.kind, event.maison) == ("ticket.routed", villeurbanne)
        assert set(event.maison_ids) == {lyon_8.pk, villeurbanne.pk}
        services.undo_reroute(ticket=Ticket.objects.get(), by=chloe, at=NOW)
        assert DomainEvent.objects.order_by("pk").last().maison == lyon_8

    def test_closed_reopened_and_reopened_by_the_person(self, make_ticket, amina, chloe):
        ticket, at = make_ticket(person=amina), timezone.now()
        services.close(ticket=ticket, outcome="answered", by=chloe, at=at)
        services.reopen(ticket=ticket, reason="Il manque un papier", by=chloe, at=at)
        services.close(ticket=ticket, outcome="answered", by=chloe, at=at)
        own = {"sender_kind": "email", "sender_value": ADDRESS}
        receive_message("Et encore ceci, qui manquait.", follows=ticket.reference, **own)
        assert kinds() == ["ticket.closed", "ticket.reopened", "ticket.closed", "ticket.reopened"]

    def test_what_changes_nothing_for_others_is_not_told(self, make_ticket, chloe):
        ticket = make_ticket()
        services.take(ticket=ticket, by=chloe, at=NOW)
        services.change_priority(ticket=ticket, priority="urgent", by=chloe, at=NOW)
        services.put_on_hold(ticket=ticket, state="waiting_other", reason="Attente", by=chloe, at=NOW)
        services.resume(ticket=ticket, by=chloe, at=NOW)
        assert kinds() == []

    def test_merged_names_the_survivor_and_unmerged_too(self, make_ticket, amina, chloe):
        old, new = make_ticket(person=amina), make_ticket(person=amina)
        log = services.merge_tickets(merged=new, survivor=old, by=chloe, at=NOW)
        services.unmerge_tickets(log=log, by=chloe, at=NOW)
        events = DomainEvent.objects.order_by("pk").values_list("kind", "ticket", "into_ticket")
        assert list(events) == [
            ("ticket.merged", new.reference, old.reference),
            ("ticket.unmerged", new.reference, old.reference),
        ]

    def test_split_is_received_and_its_undo_removed(self, make_ticket, make_touchpoint, chloe):
        ticket = make_ticket()
        words = make_touchpoint(ticket, text="Et ma poubelle ?")
        new = services.split(ticket=ticket, touchpoint=words, by=chloe, at=NOW)
        services.unsplit(touchpoint=words, by=chloe, at=NOW)
        assert kinds() == ["ticket.received", "ticket.routed", "ticket.removed"]
        assert set(DomainEvent.objects.values_list("ticket", flat=True)) == {new.reference}

    def test_a_visit_taken_back_is_removed(self, territory, lyon_8):
        received = receive_message(channel="frontdesk", maison_id=lyon_8.pk)
        services.withdraw_visit(touchpoint=received.touchpoint, at=NOW)
        assert kinds()[-1] == "ticket.removed"


class TestAnswers:
    @pytest.fixture
    def asked(self, make_ticket, make_touchpoint, amina):
        ticket = make_ticket(person=amina, text=None)
        make_touchpoint(ticket, sender=ADDRESS, facts={"message_id": "premier@exemple.fr"})
        return ticket

    def send(self, ticket, by, then="", token="0"):
        at = timezone.now()
        answers.save_draft(ticket=ticket, kind="answer", text="Voici.", by=by, at=at)
        to = read_recipients(ticket)[0]
        return answers.answer(ticket=ticket, to=to, token=token * 32, then=then, by=by, at=at)

    def test_an_answer_that_closes_and_its_undo(self, asked, chloe):
        sent = self.send(asked, chloe, then="close")
        assert kinds() == ["ticket.answered", "ticket.closed"]
        answers.unsend(touchpoint=sent, by=chloe, at=sent.occurred_at)
        assert kinds()[2:] == ["ticket.unanswered", "ticket.reopened"]

    def test_two_answers_are_two_events(self, asked, chloe):
        self.send(asked, chloe)
        self.send(Ticket.objects.get(), chloe, token="1")
        assert kinds() == ["ticket.answered", "ticket.answered"]


class TestPersons:
    def test_merged_and_unmerged_at_the_places_of_their_tickets(
        self, make_person, make_ticket, chloe, lyon_8
    ):
        one, other = make_person(family_name="Ben Ali"), make_person(family_name="Benali")
        make_ticket(person=other)
        choices = dict.fromkeys(["given_name", "family_name", "usage_name", "birth"], FIRST)
        log = services.merge_persons(
            survivor=one, merged=other, choices=choices, seen=fingerprint(one, other), by=chloe, at=NOW
        )
        services.unmerge_persons(log=log, by=chloe, at=NOW + timedelta(days=1))
        merged, unmerged = DomainEvent.objects.order_by("pk")
        assert (merged.kind, merged.person_id, merged.into_person_id) == ("person.merged", other.pk, one.pk)
        assert unmerged.kind == "person.unmerged"
        assert merged.maison_ids == unmerged.maison_ids == [lyon_8.pk]

    def test_a_deletion_for_the_law_is_told_and_holds_no_word(self, territory, chloe, archivist):
        old = marked_ticket(agent=chloe, at=LONG_AGO)
        reference, person = old.reference, old.person_id
        privacy.list_month(at=NOW)
        privacy.give_visa(schedule=DisposalSchedule.objects.get(), by=archivist, at=NOW)
        privacy.purge(at=NOW)
        told = set(DomainEvent.objects.values_list("kind", "ticket", "person_id"))
        assert {("ticket.erased", reference, person), ("person.erased", "", person)} <= told
        assert MARK not in str(list(DomainEvent.objects.values()))


class TestScope:
    def test_A01_what_another_maison_has_is_not_visible(self, make_ticket, chloe, elsa, villeurbanne):
        ticket = make_ticket()
        services.close(ticket=ticket, outcome="answered", by=chloe, at=NOW)
        unplaced = receive_message().ticket
        ours = DomainEvent.objects.visible(scope_of(chloe).listed_places)
        theirs = DomainEvent.objects.visible(scope_of(elsa).listed_places)
        assert [each.ticket for each in ours] == [ticket.reference]
        assert list(theirs) == []
        assert unplaced.reference not in {each.ticket for each in [*ours, *theirs]}

    def test_A01_a_key_of_topics_is_told_of_these_alone(self, make_ticket, central, chloe):
        ticket = make_ticket(topic="voirie")
        services.close(ticket=ticket, outcome="answered", by=chloe, at=NOW)
        places = scope_of(central).listed_places
        assert DomainEvent.objects.visible(places, frozenset({ticket.topic_id})).count() == 1
        assert DomainEvent.objects.visible(places, frozenset({0})).count() == 0
