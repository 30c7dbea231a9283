"""The reasons of a refusal made by our silence: asked, owed in a month, given by a refusal (CRPA, L232-4)."""

from datetime import date, datetime, timedelta

import pytest

from requests_app.access.scope import scope_of
from requests_app.catalog.models import Topic
from requests_app.outbox.models import Outgoing
from requests_app.tickets.deadlines import PARIS, appeal_until
from requests_app.tickets.errors import AlreadyClosed, NotAllowed, Refused
from requests_app.tickets.models import ToDo
from requests_app.tickets.selectors.legal_days import upcoming
from requests_app.tickets.services import close, finish, note_reasons_asked, reopen, undo_reasons_asked
from requests_app.tickets.services.legal_watch import watch_clocks

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 9, 15, 10, tzinfo=PARIS)  # refused by our silence on 15 November


@pytest.fixture
def refused(make_ticket, territory):
    def make(regime="silence_refusal", to_validate=(), **fields):
        Topic.objects.filter(code="velo").update(
            regime=regime, appeal="gracious", to_validate=list(to_validate), sensitivity="normal"
        )
        values = {"topic": "velo", "state": "open", "received_at": RECEIVED, "first_answered_at": RECEIVED}
        return make_ticket(**{**values, **fields})

    return make


@pytest.fixture
def receipt(make_touchpoint):
    """Send the complete receipt of a ticket: the delay to contest counts from then on."""

    def make(ticket):
        sent = Outgoing.objects.create(
            key=f"receipt:{ticket.pk}",
            kind="receipt",
            channel="mail",
            recipient="amina.benali@exemple.fr",
            message_id=f"<{ticket.pk}@gru.exemple.fr>",
            state="sent",
            sent_at=RECEIVED,
            created_at=RECEIVED,
            try_after=RECEIVED,
            give_up_at=RECEIVED,
        )
        return make_touchpoint(ticket, direction="out", outgoing=sent)

    return make


def on(month, day, year=2026):
    return datetime(year, month, day, 9, tzinfo=PARIS)


def to_do(ticket):
    return list(ToDo.objects.to_do().filter(ticket=ticket, kind="legal_day"))


class TestNoting:
    @pytest.mark.parametrize(
        ("asked", "due"),
        [
            (date(2026, 11, 16), datetime(2026, 12, 16, tzinfo=PARIS)),
            (date(2026, 12, 31), datetime(2027, 1, 31, tzinfo=PARIS)),
        ],
    )
    def test_L232_4_asks_for_them_within_a_month(self, refused, chloe, asked, due):
        ticket, at = refused(), datetime(asked.year, asked.month, asked.day, 18, tzinfo=PARIS)
        note_reasons_asked(ticket=ticket, asked_on=asked, by=chloe, at=at)
        [task] = to_do(ticket)
        assert task.due_at == due
        assert "Raisons du refus demandées" in task.text
        ticket.refresh_from_db()
        assert (ticket.reasons_asked_on, ticket.tasks_count) == (asked, 1)

    def test_today_when_no_day_is_given(self, refused, chloe):
        ticket = refused()
        note_reasons_asked(ticket=ticket, asked_on=None, by=chloe, at=on(11, 20))
        assert ticket.reasons_asked_on == date(2026, 11, 20)

    def test_taken_back_nothing_is_to_do(self, refused, chloe):
        ticket = refused()
        note_reasons_asked(ticket=ticket, asked_on=None, by=chloe, at=on(11, 20))
        undo_reasons_asked(ticket=ticket, by=chloe, at=on(11, 20))
        ticket.refresh_from_db()
        assert (ticket.reasons_asked_on, ticket.tasks_count, to_do(ticket)) == (None, 0, [])
        with pytest.raises(Refused):
            undo_reasons_asked(ticket=ticket, by=chloe, at=on(11, 20))

    def test_another_day_takes_the_place_of_the_first(self, refused, chloe):
        ticket = refused()
        note_reasons_asked(ticket=ticket, asked_on=date(2026, 11, 16), by=chloe, at=on(11, 20))
        note_reasons_asked(ticket=ticket, asked_on=date(2026, 11, 18), by=chloe, at=on(11, 20))
        assert [task.due_at.date() for task in to_do(ticket)] == [date(2026, 12, 17)]  # midnight here, in UTC

    @pytest.mark.parametrize(
        ("fields", "asked", "at"),
        [
            ({}, None, on(11, 15)),  # the last day: nothing is refused yet
            ({}, date(2026, 11, 15), on(11, 20)),
            ({}, date(2026, 11, 21), on(11, 20)),
            ({"regime": "silence_acceptance"}, None, on(11, 20)),
            ({"regime": "none"}, None, on(11, 20)),
            ({"to_validate": ["regime"]}, None, on(11, 20)),
            ({"topic": None}, None, on(11, 20)),
        ],
    )
    def test_only_of_a_refusal_that_is_born(self, refused, chloe, fields, asked, at):
        ticket = refused(**fields)
        with pytest.raises(Refused):
            note_reasons_asked(ticket=ticket, asked_on=asked, by=chloe, at=at)
        assert to_do(ticket) == []

    def test_L232_4_within_the_appeal_delay_once_a_receipt_says_it(self, refused, receipt, chloe):
        in_time, late, told_nothing = refused(), refused(), refused()
        for ticket in (in_time, late):
            receipt(ticket)
        note_reasons_asked(ticket=in_time, asked_on=date(2027, 1, 18), by=chloe, at=on(1, 25, 2027))
        with pytest.raises(Refused, match="18\u00a0janvier 2027"):
            note_reasons_asked(ticket=late, asked_on=date(2027, 1, 19), by=chloe, at=on(1, 25, 2027))
        note_reasons_asked(ticket=told_nothing, asked_on=date(2027, 1, 19), by=chloe, at=on(1, 25, 2027))
        assert told_nothing.reasons_asked_on == date(2027, 1, 19)

    @pytest.mark.parametrize(
        ("refused_on", "last"),
        [
            (date(2026, 11, 15), date(2027, 1, 18)),  # the 16th is a Saturday
            (date(2026, 11, 10), date(2027, 1, 11)),
            (date(2026, 12, 31), date(2027, 3, 1)),
            (date(2027, 2, 28), date(2027, 4, 29)),
        ],
    )
    def test_R421_1_two_whole_months_then_a_working_day(self, refused_on, last):
        assert appeal_until(refused_on) == last

    def test_A01_elsewhere_nobody_notes_it(self, refused, elsa):
        ticket = refused()
        with pytest.raises(NotAllowed):
            note_reasons_asked(ticket=ticket, asked_on=None, by=elsa, at=on(11, 20))
        with pytest.raises(NotAllowed):
            undo_reasons_asked(ticket=ticket, by=elsa, at=on(11, 20))

    def test_not_of_a_closed_ticket(self, refused, chloe):
        ticket = refused()
        close(ticket=ticket, outcome="answered", by=chloe, at=on(11, 20))
        with pytest.raises(AlreadyClosed):
            note_reasons_asked(ticket=ticket, asked_on=None, by=chloe, at=on(11, 20))


class TestWatching:
    def test_asks_again_at_the_thresholds_and_stays_when_late(self, refused, chloe):
        ticket = refused()
        note_reasons_asked(ticket=ticket, asked_on=None, by=chloe, at=on(11, 16))
        for left, threshold in ((30, 30), (16, 30), (15, 15), (5, 5), (0, 5), (-40, 5)):
            for _ in range(2):
                watch_clocks(at=on(12, 16) - timedelta(days=left))
            ticket.refresh_from_db()
            assert [task.key.rpartition(":")[2] for task in to_do(ticket)] == [str(threshold)]
            assert ticket.tasks_count == 1

    def test_what_an_agent_has_done_is_asked_again_at_the_next_threshold_only(self, refused, chloe):
        ticket = refused()
        note_reasons_asked(ticket=ticket, asked_on=None, by=chloe, at=on(11, 16))
        finish(task=to_do(ticket)[0], by=chloe, at=on(11, 17))
        watch_clocks(at=on(11, 18))
        assert to_do(ticket) == []
        watch_clocks(at=on(12, 2))
        assert len(to_do(ticket)) == 1

    def test_goes_when_the_ticket_ends_and_comes_back_with_it(self, refused, chloe):
        ticket = refused()
        note_reasons_asked(ticket=ticket, asked_on=None, by=chloe, at=on(11, 16))
        close(ticket=ticket, outcome="withdrawn", by=chloe, at=on(11, 17))
        watch_clocks(at=on(11, 18))
        assert to_do(ticket) == []
        reopen(ticket=ticket, reason="Elle la demande encore", by=chloe, at=on(11, 19))
        watch_clocks(at=on(11, 19))
        assert len(to_do(ticket)) == 1


class TestList:
    def test_shows_the_day_until_the_reasons_are_given(self, refused, chloe, elsa):
        ticket = refused()
        note_reasons_asked(ticket=ticket, asked_on=None, by=chloe, at=on(11, 16))

        def lines(agent, today):
            found = upcoming(scope_of(agent), today=today)
            return [(line.day, line.left, line.is_reasons) for line in found]

        assert lines(chloe, date(2026, 11, 16)) == [
            (date(2026, 11, 15), -1, False),
            (date(2026, 12, 16), 30, True),
        ]
        assert lines(chloe, date(2027, 3, 16)) == [(date(2026, 12, 16), -90, True)]
        assert lines(elsa, date(2026, 11, 16)) == []

    def test_costs_the_same_for_one_ticket_as_for_ten(self, refused, chloe, django_assert_num_queries):
        for count in (1, 9):
            for _ in range(count):
                refused(reasons_asked_on=date(2026, 11, 16))
            scope = scope_of(chloe)
            with django_assert_num_queries(4):
                upcoming(scope, today=date(2026, 11, 20))


class TestPage:
    def test_an_agent_notes_it_reads_both_and_takes_it_back(self, refused, client_of, chloe):
        ticket, desk = refused(received_at=datetime.now(PARIS) - timedelta(days=70)), client_of(chloe)
        path = f"/demandes/{ticket.reference}/"
        assert f"{path}raisons-demandees/" in desk.get(path).content.decode()
        after = desk.post(f"{path}raisons-demandees/", {"version": ticket.version, "asked_on": ""})
        page = desk.get(after.url).content.decode()
        for told in ("Raisons du refus demandées le", "Annuler : pas demandées", "demande les raisons du"):
            assert told in page
        assert "Raisons demandées" in desk.get("/decisions-a-venir/").content.decode()
        ticket.refresh_from_db()
        desk.post(f"{path}raisons-pas-demandees/", {"version": ticket.version})
        page = desk.get(path).content.decode()
        assert "Raisons du refus demandées le" not in page
        assert "a annulé la demande des raisons" in page

    def test_not_offered_before_the_refusal_is_born(self, refused, client_of, chloe):
        ticket = refused(received_at=datetime.now(PARIS) - timedelta(days=10))
        path = f"/demandes/{ticket.reference}/"
        assert "raisons-demandees" not in client_of(chloe).get(path).content.decode()

    def test_a_wrong_day_comes_back_with_what_to_do(self, refused, client_of, chloe):
        ticket = refused(received_at=datetime.now(PARIS) - timedelta(days=70))
        sent = {"version": ticket.version, "asked_on": "2020-01-01"}
        answer = client_of(chloe).post(f"/demandes/{ticket.reference}/raisons-demandees/", sent)
        assert answer.status_code == 422
        assert "entre le refus et aujourd’hui" in answer.context["refusal"].message
