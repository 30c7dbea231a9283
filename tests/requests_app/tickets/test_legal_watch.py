"""Agents are asked before silence decides, and before a receipt is late (CRPA, L231-1, L231-4, R112-11-2)."""

from datetime import date, datetime, timedelta

import pytest

from requests_app.catalog.models import Topic
from requests_app.tickets.deadlines import PARIS, silence_of
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.models import Ticket, ToDo
from requests_app.tickets.selectors.legal_days import upcoming
from requests_app.tickets.services import ask_papers, close, finish, note_first_received
from requests_app.tickets.services.legal_watch import watch_clocks

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 9, 15, 10, tzinfo=PARIS)  # its silence decides on 15 November


@pytest.fixture
def waiting(make_ticket, territory):
    def make(regime="silence_refusal", **fields):
        Topic.objects.filter(code="velo").update(regime=regime, sensitivity="normal")
        values = {"topic": "velo", "state": "open", "received_at": RECEIVED, "first_answered_at": RECEIVED}
        return make_ticket(**{**values, **fields})

    return make


def on(month, day, year=2026):
    return datetime(year, month, day, 9, tzinfo=PARIS)


def legal(ticket=None):
    tasks = ToDo.objects.to_do().filter(kind="legal_day")
    return list(tasks.filter(ticket=ticket) if ticket else tasks)


class TestSilence:
    @pytest.mark.parametrize(
        ("at", "threshold"),
        [
            (on(10, 15), None),
            (on(10, 16), 30),
            (on(10, 30), 30),
            (on(10, 31), 15),
            (on(11, 9), 15),
            (on(11, 10), 5),
            (on(11, 15), 5),
            (on(11, 16), None),
        ],
    )
    def test_asks_at_30_15_and_5_days(self, waiting, at, threshold):
        ticket = waiting()
        watch_clocks(at=at)
        assert [task.key for task in legal()] == (
            [f"silence:{ticket.reference}:2026-11-15:{threshold}"] if threshold else []
        )

    def test_one_task_at_a_time_whatever_the_hours(self, waiting):
        ticket = waiting()
        for day in range(63):
            watch_clocks(at=RECEIVED + timedelta(days=day))
            watch_clocks(at=RECEIVED + timedelta(days=day))
            ticket.refresh_from_db()
            assert ticket.tasks_count == len(legal(ticket)) <= 1
        assert ToDo.objects.filter(kind="legal_day").count() == 3
        assert legal() == []

    def test_what_an_agent_has_done_is_not_asked_again(self, waiting, chloe):
        waiting()
        watch_clocks(at=on(10, 20))
        finish(task=legal()[0], by=chloe, at=on(10, 20))
        watch_clocks(at=on(10, 21))
        assert legal() == []

    @pytest.mark.parametrize(
        ("regime", "said"), [("silence_refusal", "refusée"), ("silence_acceptance", "acceptée")]
    )
    def test_says_the_day_and_the_sense(self, waiting, regime, said):
        waiting(regime)
        watch_clocks(at=on(10, 20))
        [task] = legal()
        assert "dimanche 15\u00a0novembre 2026" in task.text
        assert said in task.text
        assert task.due_at == datetime(2026, 11, 15, tzinfo=PARIS)

    def test_goes_when_the_day_moves_or_the_ticket_ends(self, waiting, chloe):
        moved, ended = waiting(), waiting()
        watch_clocks(at=on(10, 20))
        assert len(legal()) == 2
        ask_papers(ticket=moved, papers=["Bail"], until=date(2026, 12, 20), by=chloe, at=on(10, 20))
        close(ticket=ended, outcome="answered", by=chloe, at=on(10, 20))
        watch_clocks(at=on(10, 21))
        assert legal() == []

    @pytest.mark.parametrize("regime", ["none", "to_validate"])
    def test_none_without_a_settled_sense(self, waiting, regime):
        waiting(regime)
        watch_clocks(at=on(11, 12))
        assert legal() == []

    def test_none_while_the_legal_department_has_not_confirmed(self, waiting):
        waiting()
        Topic.objects.filter(code="velo").update(to_validate=["regime"])
        watch_clocks(at=on(11, 12))
        assert legal() == []

    def test_costs_the_same_for_one_ticket_as_for_ten(self, waiting, django_assert_max_num_queries):
        for _ in range(2):
            waiting()
        with django_assert_max_num_queries(30) as few:
            watch_clocks(at=on(10, 20))
        ToDo.objects.all().delete()
        Ticket.objects.update(tasks_count=0)
        for _ in range(10):
            waiting(papers_asked_at=RECEIVED, missing_papers="Bail", papers_until=date(2026, 9, 16))
        with django_assert_max_num_queries(
            len(few) + 12
        ):  # asked by the previous version: no row to prefetch
            watch_clocks(at=on(10, 20))
        assert len(legal()) == 12


class TestReceipts:
    def test_asks_after_eight_working_days(self, waiting):
        ticket = waiting(topic=None, state="to_sort", first_answered_at=None, received_at=on(11, 4))
        watch_clocks(at=on(11, 16))  # the 11th is a holiday: the eighth working day is the 17th
        assert not ToDo.objects.filter(key=f"receipt:{ticket.reference}").exists()
        watch_clocks(at=on(11, 17))
        watch_clocks(at=on(11, 18))
        [task] = ToDo.objects.filter(key=f"receipt:{ticket.reference}")
        assert task.kind == "acknowledge"
        assert "Triez la demande" in task.text

    @pytest.mark.parametrize(
        "fields",
        [
            {"first_answered_at": on(11, 5)},
            {"state": "closed"},
            {"transfer_body": "CAF du Rhône"},
            {"received_at": on(9, 1)},
        ],
    )
    def test_none_where_none_is_due(self, waiting, fields):
        waiting(**{"first_answered_at": None, "received_at": on(11, 4), **fields})
        watch_clocks(at=on(11, 18))
        assert not ToDo.objects.filter(key__startswith="receipt:").exists()

    def test_none_for_a_mere_question(self, waiting):
        waiting("none", first_answered_at=None, received_at=on(11, 4))
        watch_clocks(at=on(11, 18))
        assert not ToDo.objects.filter(key__startswith="receipt:").exists()


class TestList:
    def lines(self, agent, today):
        from requests_app.access.scope import scope_of

        return [(line.day, line.left) for line in upcoming(scope_of(agent), today=today)]

    def test_the_nearest_first_and_those_just_born(self, waiting, chloe):
        waiting(received_at=on(9, 20))
        waiting()
        waiting(received_at=on(10, 25))  # its day is further than a month away
        assert self.lines(chloe, date(2026, 11, 16)) == [(date(2026, 11, 15), -1), (date(2026, 11, 20), 4)]

    def test_A01_only_of_their_places(self, waiting, elsa):
        waiting()
        assert self.lines(elsa, date(2026, 11, 12)) == []

    def test_A03_a_reserved_topic_is_masked_for_the_desk(self, waiting, client_of, bruno):
        waiting(is_sensitive=True, received_at=datetime.now(PARIS) - timedelta(days=45))
        page = client_of(bruno).get("/decisions-a-venir/").content.decode()
        assert "Vélo" not in page
        assert "Motif réservé" in page


class TestFirstReceived:
    def test_L114_3_the_refusal_counts_from_it(self, waiting, chloe):
        ticket = waiting()
        note_first_received(ticket=ticket, first_on=date(2026, 8, 31), by=chloe, at=on(9, 16))
        assert silence_of(ticket) == date(2026, 10, 31)
        note_first_received(ticket=ticket, first_on=None, by=chloe, at=on(9, 17))
        assert silence_of(ticket) == date(2026, 11, 15)

    def test_L114_3_an_acceptance_does_not(self, waiting, chloe):
        ticket = waiting("silence_acceptance")
        note_first_received(ticket=ticket, first_on=date(2026, 8, 31), by=chloe, at=on(9, 16))
        assert silence_of(ticket) == date(2026, 11, 15)

    @pytest.mark.parametrize("day", [date(2026, 9, 16), date(1999, 12, 31)])
    def test_never_after_us_nor_in_another_age(self, waiting, chloe, day):
        with pytest.raises(Refused):
            note_first_received(ticket=waiting(), first_on=day, by=chloe, at=on(9, 20))

    def test_A01_elsewhere_nobody_notes_it(self, waiting, elsa):
        with pytest.raises(NotAllowed):
            note_first_received(ticket=waiting(), first_on=date(2026, 8, 31), by=elsa, at=on(9, 20))

    def test_an_agent_notes_it_and_reads_both_clocks(self, waiting, client_of, chloe):
        received = datetime.now(PARIS) - timedelta(days=10)
        ticket, desk = waiting(received_at=received), client_of(chloe)
        path, first = f"/demandes/{ticket.reference}/", (received - timedelta(days=5)).date()
        desk.post(f"{path}recue-ailleurs/", {"version": ticket.version, "first_on": f"{first}"})
        page = desk.get(path).content.decode()
        assert "notre silence vaudra refus" in page
        assert "Reçue d’abord par une autre administration" in page
        assert "lclock-law" in page

    def test_the_agent_reads_why_no_day_is_written(self, waiting, client_of, chloe):
        ticket = waiting("to_validate")
        page = client_of(chloe).get(f"/demandes/{ticket.reference}/").content.decode()
        assert "n’est pas validé pour ce sujet" in page
        assert "lclock-law" not in page
