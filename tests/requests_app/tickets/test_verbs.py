from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.catalog.models import Topic
from requests_app.tickets import services
from requests_app.tickets.errors import (
    AlreadyClosed,
    ChangedMeanwhile,
    NotAllowed,
    NotClosed,
    ReasonMissing,
    Refused,
)
from requests_app.tickets.models import Event, Note, State, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


class TestTake:
    def test_makes_the_ticket_ones_own_and_no_longer_to_sort(self, chloe, make_ticket, now):
        ticket = make_ticket()
        services.take(ticket=ticket, by=chloe, at=now)
        ticket.refresh_from_db()
        assert (ticket.assignee, ticket.state) == (chloe, State.OPEN)
        assert ticket.events.get().kind == Event.Kind.TAKEN

    def test_refuses_who_works_elsewhere(self, elsa, make_ticket, now):
        with pytest.raises(NotAllowed):
            services.take(ticket=make_ticket(), by=elsa, at=now)

    def test_refuses_the_front_desk(self, bruno, make_ticket, now):
        with pytest.raises(NotAllowed):
            services.take(ticket=make_ticket(), by=bruno, at=now)

    def test_W12_tells_the_second_one(self, chloe, david, make_ticket, now):
        ticket = make_ticket()
        as_read_by_david = Ticket.objects.get(pk=ticket.pk)
        services.take(ticket=ticket, by=chloe, at=now)
        with pytest.raises(ChangedMeanwhile):
            services.take(ticket=as_read_by_david, by=david, at=now)
        assert Ticket.objects.get(pk=ticket.pk).assignee == chloe


class TestAssign:
    def test_entrusts_a_colleague_of_the_maison(self, chloe, david, make_ticket, now):
        ticket = make_ticket()
        services.assign(ticket=ticket, to=chloe, by=david, at=now)
        assert ticket.events.get().data == {"to": "Chloé Martin"}

    def test_refuses_a_colleague_who_may_not_read_it(self, chloe, elsa, make_ticket, now):
        with pytest.raises(NotAllowed, match="Elsa Garnier"):
            services.assign(ticket=make_ticket(), to=elsa, by=chloe, at=now)


class TestReroute:
    def test_A06_sends_away_with_the_reason_and_leaves_it_unassigned(
        self, chloe, elsa, villeurbanne, make_ticket, now
    ):
        ticket = make_ticket(assignee=chloe)
        services.reroute(ticket=ticket, maison=villeurbanne, reason="A déménagé", by=chloe, at=now)
        ticket.refresh_from_db()
        assert (ticket.maison, ticket.assignee, ticket.state) == (villeurbanne, None, State.OPEN)
        assert "A déménagé" in ticket.decision.steps[0]

    def test_A06_never_pulls_in(self, elsa, villeurbanne, make_ticket, now):
        with pytest.raises(NotAllowed):
            services.reroute(ticket=make_ticket(), maison=villeurbanne, reason="à moi", by=elsa, at=now)

    def test_asks_why(self, chloe, villeurbanne, make_ticket, now):
        with pytest.raises(ReasonMissing):
            services.reroute(ticket=make_ticket(), maison=villeurbanne, reason="  ", by=chloe, at=now)

    def test_refuses_a_closed_maison(self, chloe, villeurbanne, make_ticket, now):
        villeurbanne.closed_on = now.date()
        with pytest.raises(Refused, match="fermée"):
            services.reroute(ticket=make_ticket(), maison=villeurbanne, reason="r", by=chloe, at=now)


class TestSort:
    def test_accepts_the_topic_proposed(self, chloe, make_ticket, now):
        topic = Topic.objects.get(code="rsa-demande")
        ticket = make_ticket(proposed_topic=topic)
        services.sort(ticket=ticket, topic=None, maison=None, by=chloe, at=now)
        ticket.refresh_from_db()
        assert (ticket.topic, ticket.state) == (topic, State.OPEN)

    def test_asks_for_a_topic_when_none_is_proposed(self, chloe, make_ticket, now):
        with pytest.raises(Refused, match="sujet"):
            services.sort(ticket=make_ticket(), topic=None, maison=None, by=chloe, at=now)

    def test_a_sensitive_topic_hides_the_ticket_at_once(self, chloe, david, make_ticket, now):
        ticket = make_ticket()
        services.change_topic(ticket=ticket, topic=Topic.objects.get(code="enfance-danger"), by=chloe, at=now)
        ticket.refresh_from_db()
        with pytest.raises(NotAllowed):
            services.take(ticket=ticket, by=david, at=now)


class TestClose:
    def test_ends_with_an_outcome_and_reopens_with_a_reason(self, chloe, make_ticket, now):
        ticket = make_ticket(assignee=chloe)
        services.close(ticket=ticket, outcome="answered", by=chloe, at=now)
        assert not ticket.is_open
        services.reopen(ticket=ticket, reason="La personne a rappelé", by=chloe, at=now)
        ticket.refresh_from_db()
        assert (ticket.state, ticket.closed_at, ticket.outcome) == (State.OPEN, None, "")

    def test_closes_once(self, chloe, make_ticket, now):
        ticket = make_ticket()
        services.close(ticket=ticket, outcome="answered", by=chloe, at=now)
        with pytest.raises(AlreadyClosed):
            services.close(ticket=ticket, outcome="answered", by=chloe, at=now)

    def test_refuses_an_unknown_outcome_and_a_reopening_of_an_open_one(self, chloe, make_ticket, now):
        ticket = make_ticket()
        with pytest.raises(Refused):
            services.close(ticket=ticket, outcome="deleted", by=chloe, at=now)
        with pytest.raises(NotClosed):
            services.reopen(ticket=ticket, reason="r", by=chloe, at=now)


class TestHold:
    def test_waits_for_a_paper_and_goes_on(self, chloe, make_ticket, now):
        ticket = make_ticket(assignee=chloe)
        services.put_on_hold(ticket=ticket, state="waiting_person", reason="Avis", by=chloe, at=now)
        services.resume(ticket=ticket, by=chloe, at=now)
        assert [e.kind for e in ticket.events.order_by("pk")] == ["waiting", "resumed"]


class TestNote:
    def test_is_written_by_whoever_may_read(self, bruno, make_ticket, now):
        note = services.add_note(ticket=make_ticket(), text=" Papiers vus. ", by=bruno, at=now)
        assert note.text == "Papiers vus."

    def test_A03_is_refused_on_a_sensitive_ticket_to_the_front_desk(self, bruno, make_ticket, now):
        with pytest.raises(NotAllowed):
            services.add_note(ticket=make_ticket(topic="enfance-danger"), text="x", by=bruno, at=now)
        assert not Note.objects.exists()


class TestHandOver:
    def test_gives_what_a_colleague_may_read_and_the_rest_to_the_team(
        self, admin, chloe, elsa, make_agent, lyon_8, villeurbanne, make_ticket, now
    ):
        here, elsewhere = make_ticket(assignee=elsa), make_ticket(assignee=elsa, maison=villeurbanne)
        assert services.hand_over(leaver=elsa, to=chloe, by=admin, at=now) == 2
        here.refresh_from_db()
        elsewhere.refresh_from_db()
        assert (here.assignee, elsewhere.assignee) == (chloe, None)


class TestLateness:
    def test_counts_from_the_fifth_day_and_not_while_waiting_for_a_paper(self, make_ticket, now):
        old = now - timedelta(days=6)
        late, waiting = make_ticket(received_at=old), make_ticket(received_at=old, state="waiting_person")
        assert list(Ticket.objects.late(now)) == [late]
        assert waiting.is_open
