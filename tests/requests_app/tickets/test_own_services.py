"""What a service of ours was given: the clock of the law is ours until its answer is noted (L114-2)."""

from datetime import date, datetime

import pytest

from channels_app.portal.progress import stages_of
from requests_app.access.scope import scope_of
from requests_app.catalog.models import Topic
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.errors import AlreadyClosed, NotAllowed, Refused
from requests_app.tickets.letters.attestation import accepted_on
from requests_app.tickets.models import Event, Ticket, ToDo
from requests_app.tickets.selectors.legal_days import upcoming
from requests_app.tickets.services import (
    close,
    note_first_received,
    note_reasons_asked,
    note_service_answer,
    reopen,
    transfer,
    undo_service_answer,
    undo_transfer,
)
from requests_app.tickets.services.legal_watch import watch_clocks
from requests_app.www.backoffice.ticket.clock_drawing import drawing_of

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 9, 15, 10, tzinfo=PARIS)  # its silence decides on 15 November


def on(month, day, hour=9):
    return datetime(2026, month, day, hour, tzinfo=PARIS)


@pytest.fixture
def given(make_ticket, chloe):
    """A request passed on to the body of its topic on 20 September."""

    def make(code="voirie", regime="silence_refusal", verb=transfer, **fields):
        Topic.objects.filter(code=code).update(regime=regime, to_validate=[], sensitivity="normal")
        values = {"topic": code, "state": "open", "received_at": RECEIVED, "first_answered_at": RECEIVED}
        ticket = make_ticket(**{**values, **fields})
        verb(ticket=ticket, by=chloe, at=on(9, 20))
        return Ticket.objects.select_related("topic", "maison").get(pk=ticket.pk)

    return make


def ended_as_transferred(*, ticket, by, at):
    close(ticket=ticket, outcome="transferred", by=by, at=at)


def asked(ticket, kind="legal_day"):
    return [task.text for task in ToDo.objects.to_do().filter(ticket=ticket, kind=kind)]


def listed(agent, today):
    return [(line.reference, line.day) for line in upcoming(scope_of(agent), today=today)]


class TestClock:
    @pytest.mark.parametrize("verb", [transfer, ended_as_transferred])
    def test_L114_2_is_listed_and_asked_for_as_if_it_had_stayed(self, given, chloe, verb):
        ticket = given(verb=verb)
        watch_clocks(at=on(10, 20))
        assert listed(chloe, date(2026, 10, 20)) == [(ticket.reference, date(2026, 11, 15))]
        [text] = asked(ticket)
        assert "dimanche 15\u00a0novembre 2026" in text
        assert "Relancez le service" in text

    @pytest.mark.parametrize(("day", "threshold"), [(on(10, 16), 30), (on(10, 31), 15), (on(11, 10), 5)])
    def test_L114_2_at_30_15_and_5_days(self, given, day, threshold):
        ticket = given()
        watch_clocks(at=day)
        [task] = ToDo.objects.to_do().filter(ticket=ticket, kind="legal_day")
        assert task.key.endswith(f":{threshold}")

    def test_another_body_runs_its_own(self, given, chloe):
        ticket = given("caf")
        watch_clocks(at=on(10, 20))
        assert (asked(ticket), listed(chloe, date(2026, 10, 20))) == ([], [])
        assert drawing_of(ticket, today=date(2026, 10, 20)) is None

    def test_the_catalog_alone_says_whether_it_is_ours(self, given, chloe):
        ticket = given()
        Topic.objects.filter(code="voirie").update(is_internal=False)
        watch_clocks(at=on(10, 20))
        assert (asked(ticket), listed(chloe, date(2026, 10, 20))) == ([], [])

    def test_another_end_waits_for_nothing(self, given, chloe):
        ticket = given()
        reopen(ticket=ticket, reason="erreur", by=chloe, at=on(9, 21))
        close(ticket=ticket, outcome="withdrawn", by=chloe, at=on(9, 22))
        watch_clocks(at=on(10, 20))
        assert (asked(ticket), listed(chloe, date(2026, 10, 20))) == ([], [])

    def test_A01_only_at_their_places(self, given, elsa):
        given()
        assert listed(elsa, date(2026, 10, 20)) == []

    def test_L114_2_its_receipt_is_asked_for_after_eight_working_days(self, given):
        ticket = given(received_at=on(9, 18), first_answered_at=None, channel="phone")
        watch_clocks(at=on(9, 30))
        assert any("accusé complet" in text for text in asked(ticket, "acknowledge"))

    def test_is_drawn(self, given):
        drawing = drawing_of(given(), today=date(2026, 10, 20))
        assert drawing
        assert (drawing.day, drawing.left) == (date(2026, 11, 15), 26)

    def test_L114_3_the_first_administration_and_the_reasons_still_count(self, given, chloe):
        ticket = given()
        note_first_received(ticket=ticket, first_on=date(2026, 8, 31), by=chloe, at=on(9, 21))
        assert listed(chloe, date(2026, 10, 20)) == [(ticket.reference, date(2026, 10, 31))]
        note_reasons_asked(ticket=ticket, asked_on=date(2026, 11, 3), by=chloe, at=on(11, 3))
        watch_clocks(at=on(11, 4))
        [text] = asked(ticket)
        assert "le service les donne" in text

    def test_L232_3_silence_accepts_though_it_was_given(self, given, chloe):
        ticket = given(regime="silence_acceptance")
        assert accepted_on(ticket, today=date(2026, 11, 16)) == date(2026, 11, 15)
        note_service_answer(
            ticket=ticket, outcome="refused", answered_on=date(2026, 11, 2), by=chloe, at=on(11, 3)
        )
        assert accepted_on(ticket, today=date(2026, 11, 16)) is None

    def test_lists_as_many_for_as_many_statements(self, given, chloe, django_assert_max_num_queries):
        given()
        scope = scope_of(chloe)
        with django_assert_max_num_queries(20) as one:
            assert len(upcoming(scope, today=date(2026, 10, 20))) == 1
        for _ in range(9):
            given()
        with django_assert_max_num_queries(len(one)):
            assert len(upcoming(scope, today=date(2026, 10, 20))) == 10


class TestAnswer:
    def answered(self, ticket, by, outcome="answered", day=date(2026, 10, 2), at=None):
        note_service_answer(ticket=ticket, outcome=outcome, answered_on=day, by=by, at=at or on(10, 20))

    @pytest.mark.parametrize("outcome", ["answered", "refused"])
    def test_nothing_is_waited_for_any_more(self, given, chloe, outcome):
        ticket = given()
        watch_clocks(at=on(10, 20))
        self.answered(ticket, chloe, outcome)
        watch_clocks(at=on(10, 21))
        assert (asked(ticket), listed(chloe, date(2026, 10, 21))) == ([], [])
        assert drawing_of(ticket, today=date(2026, 10, 21)) is None
        assert ticket.outcome == outcome

    def test_the_person_reads_its_day(self, given, chloe):
        ticket = given()
        self.answered(ticket, chloe)
        last = stages_of(ticket, on(10, 21))[-1]
        assert (last.name, last.detail.replace("\xa0", " ")) == ("Réponse", "vendredi 2 octobre")

    def test_taken_back_all_is_as_before(self, given, chloe):
        ticket = given()
        self.answered(ticket, chloe)
        undo_service_answer(ticket=ticket, by=chloe, at=on(10, 21))
        watch_clocks(at=on(10, 21))
        assert len(asked(ticket)) == 1
        assert (ticket.outcome, ticket.service_answered_on) == ("transferred", None)
        undo_transfer(ticket=ticket, by=chloe, at=on(10, 22))
        assert ticket.is_open

    def test_reopened_it_may_be_given_again(self, given, chloe):
        ticket = given()
        self.answered(ticket, chloe)
        reopen(ticket=ticket, reason="La réponse ne va pas", by=chloe, at=on(10, 22))
        transfer(ticket=ticket, by=chloe, at=on(10, 23))
        watch_clocks(at=on(10, 23))
        assert len(asked(ticket)) == 1

    @pytest.mark.parametrize("day", [date(2026, 9, 14), date(2026, 10, 21)])
    def test_neither_before_the_request_nor_in_days_to_come(self, given, chloe, day):
        with pytest.raises(Refused, match="entre la réception"):
            self.answered(given(), chloe, day=day)

    def test_today_by_default(self, given, chloe):
        ticket = given()
        self.answered(ticket, chloe, day=None)
        assert ticket.service_answered_on == date(2026, 10, 20)

    @pytest.mark.parametrize("outcome", ["withdrawn", "transferred", "", "inconnu"])
    def test_answered_or_refused_and_nothing_else(self, given, chloe, outcome):
        with pytest.raises(Refused):
            self.answered(given(), chloe, outcome)

    def test_of_another_body_nothing_is_noted(self, given, chloe):
        with pytest.raises(Refused):
            self.answered(given("caf"), chloe)

    def test_A01_not_by_agents_of_elsewhere(self, given, elsa):
        with pytest.raises(NotAllowed):
            self.answered(given(), elsa)

    def test_twice_is_refused_and_undone_once(self, given, chloe):
        ticket = given()
        self.answered(ticket, chloe)
        with pytest.raises(Refused):
            self.answered(ticket, chloe)
        undo_service_answer(ticket=ticket, by=chloe, at=on(10, 21))
        with pytest.raises(Refused):
            undo_service_answer(ticket=ticket, by=chloe, at=on(10, 21))

    def test_once_answered_the_clock_is_not_moved(self, given, chloe):
        ticket = given()
        self.answered(ticket, chloe)
        with pytest.raises(AlreadyClosed):
            note_first_received(ticket=ticket, first_on=date(2026, 8, 31), by=chloe, at=on(10, 21))


class TestPage:
    def test_says_that_the_date_stays_and_notes_the_answer(self, given, client_of, chloe):
        ticket, desk = given(), client_of(chloe)
        path = f"/demandes/{ticket.reference}/"
        page = desk.get(path).content.decode()
        assert f"Confiée à {ticket.transfer_body} : la date ne change pas." in page
        assert "Autre organisme" not in page
        sent = {"version": ticket.version, "outcome": "refused", "answered_on": "2026-10-02"}
        page = desk.post(f"{path}reponse-du-service/", sent, follow=True).content.decode()
        assert "La réponse du service est notée." in page
        assert "la date ne change pas" not in page
        ticket.refresh_from_db()
        assert (ticket.outcome, ticket.service_answered_on) == ("refused", date(2026, 10, 2))
        desk.post(f"{path}pas-de-reponse-du-service/", {"version": ticket.version})
        kinds = list(Event.objects.filter(ticket=ticket).order_by("pk").values_list("kind", flat=True))
        assert kinds[-2:] == ["service_answered", "service_unanswered"]

    def test_another_body_is_offered_no_answer(self, given, client_of, chloe):
        page = client_of(chloe).get(f"/demandes/{given('caf').reference}/").content.decode()
        assert "Noter la réponse du service" not in page
        assert "Autre organisme" in page
