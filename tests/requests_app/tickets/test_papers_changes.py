"""A request for documents put right: another day, or withdrawn (CRPA, art. L114-3, L114-5)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from requests_app.lib import french
from requests_app.outbox.models import Outgoing
from requests_app.tickets.deadlines import silence_of
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.letters.words import acknowledgment
from requests_app.tickets.models import DocumentRequest, Event, Ticket, ToDo
from requests_app.tickets.services import (
    ask_papers,
    cancel_papers_request,
    change_papers_day,
    note_papers_complete,
    note_posted,
    restore_papers,
)
from tests.history import said_by
from tests.requests_app.tickets.test_papers import AT, PAPERS, UNTIL, asked, day_of, given, receipts

pytestmark = pytest.mark.django_db
__all__ = ["given"]
GIVEN = UNTIL - AT.date()  # twenty days


def leave():
    Outgoing.objects.filter(state="queued").update(state="sent")


def move_to(ticket, day, *, by, at=AT, reason=""):
    change_papers_day(ticket=ticket, until=day, reason=reason, by=by, at=at)
    return Ticket.objects.select_related("topic", "maison__commune", "person").get(pk=ticket.pk)


class TestDay:
    def test_L114_5_a_later_day_moves_the_clock_and_is_told(self, given, chloe):
        ticket = given()
        before, later = day_of(ticket), UNTIL + timedelta(days=10)
        ticket = asked(ticket, chloe)
        leave()
        ticket = move_to(ticket, later, by=chloe, at=AT + timedelta(days=2))
        assert day_of(ticket) == before + GIVEN + timedelta(days=10)
        text = receipts(ticket)[-1].payload["text"]
        assert f"au plus tard le {french.day(later)}" in text
        assert french.day(day_of(ticket)) in text
        told = said_by(Event.objects.filter(ticket=ticket).last())
        assert french.full_date(UNTIL) in told
        assert french.full_date(later) in told

    def test_L114_5_once_the_day_has_passed_a_later_one_is_a_new_delay(self, given, chloe):
        ticket = given()
        before = day_of(ticket)
        ticket = asked(ticket, chloe)
        leave()
        ticket = move_to(ticket, UNTIL + timedelta(days=30), by=chloe, at=AT + timedelta(days=25))
        assert day_of(ticket) == before + GIVEN + timedelta(days=25)

    def test_a_nearer_day_that_nobody_has_read_is_free(self, given, chloe):
        ticket = asked(given(), chloe, until=date(2027, 5, 20))
        ticket = move_to(ticket, UNTIL, by=chloe)
        assert [each.state for each in receipts(ticket)] == ["cancelled", "queued"]
        assert day_of(ticket) == date(2027, 1, 22) + GIVEN

    def test_L114_5_a_nearer_day_leaves_fifteen_days_to_who_has_read_the_other(self, given, chloe):
        ticket = asked(given(), chloe, until=date(2027, 5, 20))
        leave()
        with pytest.raises(Refused, match="15 jours"):
            move_to(ticket, date(2026, 12, 9), by=chloe, reason="Erreur")
        with pytest.raises(Refused, match="pourquoi"):
            move_to(ticket, UNTIL, by=chloe)
        ticket = move_to(ticket, UNTIL, by=chloe, reason="Erreur de mois")
        assert ticket.papers_until == UNTIL
        assert french.day(UNTIL) in receipts(ticket)[-1].payload["text"]
        assert "Erreur de mois" in Event.objects.filter(ticket=ticket).last().data["reason"]

    def test_L114_5_a_day_of_a_posted_letter_has_been_read(self, given, chloe):
        ticket = given(channel="letter", person=None, sender="Mme X")
        ticket = asked(ticket, chloe, until=date(2027, 5, 20))
        note_posted(ticket=ticket, by=chloe, at=AT + timedelta(hours=1))
        with pytest.raises(Refused, match="15 jours"):
            move_to(ticket, date(2026, 12, 9), by=chloe, at=AT + timedelta(hours=2), reason="Erreur")

    def test_a_day_of_year_9999_can_be_brought_back(self, given, chloe):
        ticket = asked(given(), chloe)
        leave()
        DocumentRequest.objects.update(until=date(9999, 12, 31))
        Ticket.objects.update(papers_until=date(9999, 12, 31))
        ticket.refresh_from_db()
        ticket = move_to(ticket, UNTIL, by=chloe, reason="Erreur")
        assert day_of(ticket) == date(2027, 1, 22) + GIVEN

    def test_a_day_given_changed_and_given_again_is_said_again(self, given, chloe):
        ticket, later = asked(given(), chloe), UNTIL + timedelta(days=10)
        for day in (later, UNTIL):
            leave()
            ticket = move_to(ticket, day, by=chloe, reason="Erreur")
        assert french.day(UNTIL) in receipts(ticket)[-1].payload["text"]
        assert len(receipts(ticket)) == 3

    @pytest.mark.parametrize("day", [UNTIL, AT.date(), date(9999, 12, 31), date(2000, 1, 1)])
    def test_a_day_that_is_none_is_refused(self, given, chloe, day):
        ticket = asked(given(), chloe)
        with pytest.raises(Refused):
            move_to(ticket, day, by=chloe)
        assert Ticket.objects.get().papers_until == UNTIL

    def test_A01_elsewhere_nobody_changes_it(self, given, chloe, elsa):
        ticket = asked(given(), chloe)
        with pytest.raises(NotAllowed):
            move_to(ticket, UNTIL + timedelta(days=3), by=elsa)

    def test_nothing_is_changed_that_was_not_asked(self, given, chloe):
        with pytest.raises(Refused, match="Aucun papier"):
            move_to(given(), UNTIL, by=chloe)


class TestTakenBack:
    @pytest.mark.parametrize("regime", ["silence_refusal", "silence_acceptance", "none"])
    def test_before_it_leaves_nothing_has_happened(self, given, chloe, regime):
        ticket = given(regime=regime)
        before = silence_of(ticket)
        ticket = asked(ticket, chloe)
        cancel_papers_request(ticket=ticket, by=chloe, at=AT + timedelta(minutes=1))
        assert (silence_of(ticket), ticket.state, ticket.missing_papers) == (before, "open", "")
        assert receipts(ticket)[0].state == "cancelled"
        assert "papiers" not in "".join(each.payload["text"] for each in receipts(ticket)[1:]).lower()

    def test_L114_5_a_refusal_is_never_born_in_the_past(self, given, chloe):
        ticket = given()
        before = day_of(ticket)
        ticket = asked(ticket, chloe)
        leave()
        cancel_papers_request(ticket=ticket, by=chloe, at=AT + timedelta(days=8))
        assert day_of(ticket) == before + timedelta(days=8)

    def test_L114_5_an_acceptance_never_waited_for_it(self, given, chloe):
        ticket = given(regime="silence_acceptance")
        before = day_of(ticket)
        ticket = asked(ticket, chloe)
        leave()
        cancel_papers_request(ticket=ticket, by=chloe, at=AT + timedelta(days=8))
        assert day_of(ticket) == before

    @pytest.mark.parametrize("regime", ["silence_refusal", "silence_acceptance", "none"])
    def test_whoever_read_it_is_told_that_nothing_is_asked(self, given, chloe, regime):
        ticket = asked(given(regime=regime), chloe)
        leave()
        cancel_papers_request(ticket=ticket, by=chloe, at=AT + timedelta(days=8))
        text = receipts(ticket)[-1].payload["text"]
        assert "Nous ne vous demandons plus de papiers : n’envoyez rien." in text
        assert PAPERS[0] not in text
        assert "n’envoyez rien" in "\n".join(acknowledgment(ticket, by=chloe, at=AT).paragraphs)

    def test_the_one_asked_before_is_waited_for_again(self, given, chloe):
        ticket = asked(asked(given(), chloe), chloe, papers=["Bail"], until=date(2026, 12, 30))
        cancel_papers_request(ticket=ticket, by=chloe, at=AT + timedelta(hours=1))
        assert (ticket.papers_missing, ticket.papers_until, ticket.state) == (PAPERS, UNTIL, "waiting_person")
        assert day_of(ticket) == date(2027, 1, 22) + GIVEN

    def test_what_it_had_ended_is_waited_for_again(self, given, chloe):
        ticket, later = asked(given(), chloe), AT + timedelta(days=1)
        ask_papers(ticket=ticket, papers=["Bail"], until=UNTIL, by=chloe, at=later, is_indispensable=False)
        cancel_papers_request(ticket=ticket, by=chloe, at=later + timedelta(hours=1))
        assert (ticket.papers_missing, ticket.state) == (PAPERS, "waiting_person")
        assert day_of(ticket) == date(2027, 1, 22) + GIVEN

    def test_after_others_that_came_the_clock_keeps_their_days(self, given, chloe):
        ticket = asked(given(), chloe)
        leave()
        note_papers_complete(ticket=ticket, by=chloe, at=AT + timedelta(days=3))
        kept = day_of(ticket)
        ticket = asked(ticket, chloe, papers=["Bail"], until=date(2026, 12, 30), at=AT + timedelta(days=4))
        Outgoing.objects.filter(state="queued").update(state="failed", reason="refusé")
        cancel_papers_request(ticket=ticket, by=chloe, at=AT + timedelta(days=9))
        assert day_of(ticket) == kept

    def test_is_undone_within_ten_minutes(self, given, chloe):
        ticket = asked(given(), chloe)
        asked_day = day_of(ticket)
        cancel_papers_request(ticket=ticket, by=chloe, at=AT + timedelta(minutes=1))
        with pytest.raises(Refused, match="nouveau"):
            restore_papers(ticket=ticket, by=chloe, at=AT + timedelta(minutes=12))
        restore_papers(ticket=ticket, by=chloe, at=AT + timedelta(minutes=3))
        assert (ticket.papers_missing, ticket.papers_until, ticket.state) == (PAPERS, UNTIL, "waiting_person")
        assert day_of(ticket) == asked_day
        assert PAPERS[0] in receipts(ticket)[-1].payload["text"]

    def test_the_task_to_tell_goes_with_it(self, given, chloe):
        ticket = asked(given(channel="phone", person=None, sender="+33639981234"), chloe)
        cancel_papers_request(ticket=ticket, by=chloe, at=AT + timedelta(minutes=1))
        assert not ToDo.objects.to_do().filter(ticket=ticket).exists()

    def test_nothing_is_taken_back_twice(self, given, chloe):
        ticket = asked(given(), chloe)
        cancel_papers_request(ticket=ticket, by=chloe, at=AT)
        with pytest.raises(Refused, match="Aucun papier"):
            cancel_papers_request(ticket=ticket, by=chloe, at=AT)

    def test_F10_one_of_the_previous_version(self, given, chloe):
        ticket = given(missing_papers="Bail", papers_asked_at=AT, papers_until=UNTIL, state="waiting_person")
        cancel_papers_request(ticket=ticket, by=chloe, at=AT + timedelta(days=1))
        assert (day_of(ticket), ticket.state) == (date(2027, 1, 22), "open")


class TestPages:
    def test_an_agent_changes_the_day_then_takes_it_back_and_undoes(self, given, client_of, chloe):
        ticket, agent = given(), client_of(chloe)
        path = f"/demandes/{ticket.reference}/"
        day = timezone.localdate() + timedelta(days=20)
        sent = {"version": ticket.version, "papers": "Bail", "until": f"{day}"}
        shown = agent.post(f"{path}papiers/", sent, follow=True).content.decode()
        assert "Annuler : ne pas les demander" in shown
        version = Ticket.objects.get().version
        refused = agent.post(f"{path}papiers-jour/", {"version": version, "until": "9999-12-31"})
        assert "trop loin" in refused.content.decode()
        agent.post(f"{path}papiers-jour/", {"version": version, "until": f"{day + timedelta(days=5)}"})
        assert Ticket.objects.get().papers_until == day + timedelta(days=5)
        shown = agent.post(f"{path}papiers-annules/", {"version": version + 1}, follow=True).content.decode()
        assert "Annuler : les demander" in shown
        agent.post(f"{path}papiers-retablis/", {"version": version + 2})
        assert Ticket.objects.get().missing_papers == "Bail"
        page = agent.get(path).content.decode()
        for told in (
            "a changé le jour donné",
            "ne demande plus ces papiers",
            "demande de nouveau ces papiers",
        ):
            assert told in page

    def test_L114_8_an_agent_reads_what_another_administration_holds(self, given, client_of, chloe):
        ticket = asked(given(), chloe)
        page = client_of(chloe).get(f"/demandes/{ticket.reference}/").content.decode()
        assert page.count("Une autre administration peut nous le donner") == 1
        assert "qu’aucune administration ne peut nous donner" in page
