"""What is said of an appointment is planned, moved and cancelled with it (threats: I4, O04)."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given as each
from hypothesis import strategies as st

from requests_app.appointments import services as appointments
from requests_app.maisons.opening import PARIS
from requests_app.outbox.models import Outgoing, SecretLink
from requests_app.outbox.windows import is_open
from requests_app.people.models import ContactPoint
from requests_app.reminders.models import Planned, Reminder, ReminderRule
from requests_app.reminders.rules import days_before, due_times
from requests_app.reminders.services import sweep
from requests_app.tickets.models import ToDo, Touchpoint
from tests.requests_app.appointments.conftest import NOW, THURSDAY

State = Outgoing.State
RULES = [ReminderRule(days_before=7, notice_days=10), ReminderRule(days_before=2, notice_days=2)]


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


class TestRules:
    @pytest.mark.parametrize(
        ("starts_at", "dated_at", "due"),
        [
            ("2026-11-26 10:30", "2026-11-09 09:00", {7: "2026-11-19 10:30", 2: "2026-11-24 10:30"}),
            ("2026-11-26 10:30", "2026-11-18 09:00", {2: "2026-11-24 10:30"}),  # given 8 days before
            ("2026-11-26 10:30", "2026-11-24 11:00", {}),  # less than 48 h: the confirmation only
            ("2026-12-07 08:00", "2026-11-09 09:00", {7: "2026-11-28 19:20", 2: "2026-12-04 19:20"}),
            ("2026-12-27 10:00", "2026-12-01 09:00", {7: "2026-12-19 19:20", 2: "2026-12-24 19:20"}),
            ("2028-03-02 10:00", "2028-02-01 09:00", {7: "2028-02-24 10:00", 2: "2028-02-29 10:00"}),
            ("2026-03-31 09:00", "2026-03-01 09:00", {7: "2026-03-24 09:00", 2: "2026-03-28 19:20"}),
            ("2026-10-27 09:00", "2026-10-01 09:00", {7: "2026-10-20 09:00", 2: "2026-10-24 19:20"}),
        ],
    )
    def test_O04_comes_on_the_clock_moved_earlier_never_later(self, starts_at, dated_at, due):
        found = due_times(at(starts_at), at(dated_at), RULES)
        assert found == {days: at(moment) for days, moment in due.items()}

    @each(
        starts_at=st.datetimes(datetime(2026, 1, 1), datetime(2032, 12, 31)),
        notice=st.timedeltas(timedelta(minutes=1), timedelta(days=60)),
    )
    def test_F09_is_never_late_nor_at_night_whatever_the_date(self, starts_at, notice):
        starts_at = starts_at.replace(tzinfo=PARIS)
        for days, wanted in due_times(starts_at, starts_at - notice, RULES).items():
            assert is_open(wanted)
            assert starts_at - notice < wanted <= days_before(starts_at, days) < starts_at

    def test_a_sort_of_appointment_may_have_its_own(self, give, follow_up, said):
        ReminderRule.objects.create(type=follow_up, days_before=1, notice_days=1)
        assert [days for _purpose, days, _state in said(give())] == [None, 1]

    def test_a_rule_put_aside_is_not_followed(self, give, said):
        ReminderRule.objects.filter(days_before=7).update(is_active=False)
        assert [days for _purpose, days, _state in said(give())] == [None, 2]


class TestGiven:
    def test_I4_the_confirmation_and_the_reminders_are_rows_of_the_same_transaction(self, give, said):
        given = give()
        assert said(given, "purpose", "outgoing__channel", "outgoing__try_after") == [
            ("confirmation", "sms", NOW + timedelta(seconds=10)),
            ("reminder", "sms", at("2026-11-19 10:30")),
            ("reminder", "sms", at("2026-11-24 10:30")),
        ]
        assert Touchpoint.objects.filter(ticket=given.ticket, outgoing__isnull=False).count() == 3
        assert SecretLink.objects.filter(purpose="appointment", subject_id=given.pk).count() == 3

    def test_I4_nothing_is_said_when_the_appointment_is_not_given(self, give, db):
        def give_then_break():
            with transaction.atomic():
                give()
                raise RuntimeError

        with pytest.raises(RuntimeError):
            give_then_break()
        assert not Outgoing.objects.exists()

    def test_I4_the_key_names_kind_subject_date_recipient_and_channel(self, give):
        given = give()
        keys = list(Outgoing.objects.order_by("pk").values_list("key", flat=True))
        assert keys[1] == f"reminder-7:appointment-{given.pk}.1:20261126T0930Z:+33639981234:sms"

    @pytest.mark.parametrize(
        ("given_at", "starts_at"),
        [("2026-10-05 09:00", "2026-11-05 10:30"), ("2026-03-02 09:00", "2026-04-02 10:30")],
    )
    def test_F09_I8_given_before_a_change_of_hour_it_comes_on_the_clock(self, give, given_at, starts_at):
        give(at(starts_at), at=at(given_at))  # in October clocks go back, in March they go forward
        due = Outgoing.objects.filter(reminder__days_before=2).values_list("try_after", flat=True)
        assert [f"{moment.astimezone(PARIS):%H:%M}" for moment in due] == ["10:30"]

    def test_by_mail_for_who_has_no_mobile(self, give, said, make_ticket, make_person):
        person = make_person(given_name="Paul", phone="+33478000000", email="paul@exemple.fr")
        given = give(ticket=make_ticket(person=person))
        assert set(said(given, "outgoing__channel", "outgoing__recipient")) == {("mail", "paul@exemple.fr")}

    def test_an_agent_calls_who_can_not_be_written_to(self, give, said, make_ticket):
        given = give(ticket=make_ticket())
        task = ToDo.objects.get(ticket=given.ticket)
        assert said(given) == []
        assert (task.kind, task.due_at) == (ToDo.Kind.CALL, THURSDAY)
        assert task.text.replace("\u00a0", " ") == (
            "Rendez-vous du jeudi 26 novembre à 10 h 30 : prévenir la personne. Aucun moyen de lui écrire."
        )

    @pytest.mark.parametrize(
        "change", [{"usable_for": ["answer"]}, {"needs_check": True}, {"usable_for": ["nothing"]}]
    )
    def test_S05_a_contact_that_was_refused_is_not_used(self, give, said, amina, change):
        ContactPoint.objects.filter(person=amina, kind="phone").update(**change)
        assert {channel for (channel,) in said(give(), "outgoing__channel")} == {"mail"}

    def test_A03_a_shared_phone_is_not_used_for_a_sensitive_demand(self, give, said, amina, make_ticket):
        ContactPoint.objects.filter(person=amina).update(is_shared=True)
        assert said(give(ticket=make_ticket(person=amina, topic="enfance-danger"))) == []
        assert len(said(give(THURSDAY + timedelta(hours=1)))) == 3

    def test_given_under_48_h_ahead_only_the_confirmation(self, give, said):
        assert said(give(at=THURSDAY - timedelta(hours=40))) == [("confirmation", None, State.QUEUED)]


class TestMoved:
    def test_O04_the_waiting_ones_are_cancelled_with_a_reason_and_planned_again(
        self, give, wish, chloe, said
    ):
        given = give()
        later = THURSDAY + timedelta(days=7)
        appointments.move(appointment=given, wish=wish(later), by=chloe, at=NOW + timedelta(hours=1))
        assert said(given, "round", "outgoing__state", "outgoing__reason") == [
            *[(1, State.CANCELLED, "Le rendez-vous a changé.")] * 3,
            *[(2, State.QUEUED, "")] * 3,
        ]
        assert said(given, "outgoing__try_after")[-1] == (at("2026-12-01 10:30"),)

    def test_moved_away_and_back_is_reminded_all_the_same(self, give, wish, chloe, said):
        given = give()
        for starts_at in (THURSDAY + timedelta(hours=1), THURSDAY):
            appointments.move(appointment=given, wish=wish(starts_at), by=chloe, at=NOW)
        waiting = [row for row in said(given, "round", "outgoing__state") if row[1] == State.QUEUED]
        assert waiting == [(3, State.QUEUED)] * 3

    def test_another_agent_is_no_news_for_the_person(self, give, wish, chloe, bruno, said):
        given = give()
        Outgoing.objects.filter(reminder__purpose="confirmation").update(state=State.SENT, sent_at=NOW)
        appointments.move(appointment=given, wish=wish(agent=bruno), by=chloe, at=NOW)
        new = [row for row in said(given, "round", "purpose") if row[0] == 2]
        assert new == [(2, "reminder"), (2, "reminder")]

    def test_the_call_asked_for_goes_with_its_date(self, give, wish, chloe, make_ticket):
        given = give(ticket=make_ticket())
        later = THURSDAY + timedelta(days=1)
        appointments.move(appointment=given, wish=wish(later), by=chloe, at=NOW)
        assert list(ToDo.objects.to_do().values_list("due_at", flat=True)) == [later]


class TestEnded:
    @pytest.fixture
    def told(self, give):
        """Given, and the confirmation has left."""
        given = give()
        Outgoing.objects.filter(reminder__purpose="confirmation").update(state=State.SENT, sent_at=NOW)
        return given

    def test_O04_cancelled_by_the_person_nothing_more_is_said(self, told, said):
        appointments.cancel_by_person(appointment=told, by=None, at=NOW)
        assert [state for _p, _d, state in said(told)] == [State.SENT, State.CANCELLED, State.CANCELLED]

    def test_O04_cancelled_by_the_service_the_person_is_told(self, told, said, chloe):
        appointments.call_off(appointment=told, reason="Réunion", by=chloe, at=NOW)
        assert said(told)[-1] == ("cancellation", None, State.QUEUED)
        assert "Réunion" not in Outgoing.objects.latest("pk").payload["text"]

    def test_O08_taken_back_within_ten_seconds_nobody_hears_of_it(self, give, said, chloe):
        given = give()
        appointments.call_off(appointment=given, reason="Erreur", by=chloe, at=NOW + timedelta(seconds=5))
        assert {state for _p, _d, state in said(given)} == {State.CANCELLED}

    def test_N09_who_may_have_been_called_for_a_held_message_is_told_too(self, give, wish, said, chloe):
        given = give()  # the day's budget holds all that follows: nothing leaves, an agent calls
        later = THURSDAY + timedelta(days=1)
        appointments.move(appointment=given, wish=wish(later), by=chloe, at=NOW + timedelta(minutes=1))
        appointments.call_off(appointment=given, reason="Réunion", by=chloe, at=NOW + timedelta(minutes=2))
        assert said(given)[-1] == ("cancellation", None, State.QUEUED)

    def test_a_cancelling_taken_back_is_said_when_it_had_been_said(self, told, said, chloe):
        appointments.call_off(appointment=told, reason="Réunion", by=chloe, at=NOW)
        Outgoing.objects.filter(reminder__purpose="cancellation").update(state=State.SENT, sent_at=NOW)
        appointments.undo(appointment=told, by=chloe, at=NOW + timedelta(hours=1))
        new = [row for row in said(told, "round", "purpose", "outgoing__state") if row[0] == 2]
        assert new[0] == (2, "confirmation", State.QUEUED)
        assert len(new) == 3

    def test_a_move_taken_back_in_ten_seconds_is_never_heard_of(self, told, said, wish, chloe):
        Outgoing.objects.filter(reminder__purpose="confirmation").update(state=State.SENT, sent_at=NOW)
        appointments.move(appointment=told, wish=wish(THURSDAY + timedelta(days=1)), by=chloe, at=NOW)
        appointments.undo(appointment=told, by=chloe, at=NOW + timedelta(seconds=8))
        assert told.starts_at == THURSDAY
        waiting = [row[1:] for row in said(told, "outgoing__state", "purpose", "round") if row[0] == "queued"]
        assert waiting == [("reminder", 3)] * 2

    def test_a_move_taken_back_later_is_said_again(self, told, said, wish, chloe):
        appointments.move(appointment=told, wish=wish(THURSDAY + timedelta(days=1)), by=chloe, at=NOW)
        Outgoing.objects.filter(reminder__purpose="confirmation").update(state=State.SENT, sent_at=NOW)
        appointments.undo(appointment=told, by=chloe, at=NOW + timedelta(minutes=8))
        assert next(row[0] for row in said(told, "purpose", "round") if row[1] == 3) == "confirmation"

    def test_one_given_and_changed_before_it_was_said_is_confirmed_all_the_same(
        self, give, said, wish, chloe
    ):
        given = give()
        appointments.move(appointment=given, wish=wish(room="Bureau 9"), by=chloe, at=NOW)
        assert (2, "confirmation") in said(given, "round", "purpose")

    def test_who_came_is_reminded_of_nothing(self, told, said, bruno):
        appointments.note_came(appointment=told, by=bruno, at=THURSDAY)
        assert State.QUEUED not in [state for _p, _d, state in said(told)]


class TestSweep:
    def test_O05_plans_what_has_no_plan_once(self, give, said):
        given = give()
        Touchpoint.objects.filter(outgoing__isnull=False).delete()
        Reminder.objects.all().delete()
        Outgoing.objects.all().delete()
        Planned.objects.all().delete()
        assert [sweep(at=NOW) for _turn in range(10)] == [1, *[0] * 9]
        assert len(said(given)) == 3

    def test_O03_what_failed_goes_another_way_then_to_an_agent(self, give, said, amina):
        given = give()
        soon = NOW + timedelta(minutes=5)
        confirmation = Outgoing.objects.filter(reminder__purpose="confirmation")
        confirmation.update(state=State.FAILED, reason="Numéro éteint.", ended_at=soon)
        assert [sweep(at=soon), sweep(at=soon)] == [1, 0]
        assert said(given, "outgoing__channel", "outgoing__recipient")[-1] == (
            "mail",
            "amina.benali@exemple.fr",
        )
        confirmation.update(state=State.FAILED, reason="Boîte pleine.", ended_at=soon)
        assert sweep(at=soon) == 1
        assert ToDo.objects.get(ticket=given.ticket).text.endswith("prévenir la personne. Boîte pleine.")

    def test_leaves_alone_what_failed_about_a_date_that_has_changed(self, give, wish, chloe):
        given = give()
        appointments.move(appointment=given, wish=wish(THURSDAY + timedelta(days=1)), by=chloe, at=NOW)
        assert sweep(at=NOW) == 0
        assert not ToDo.objects.exists()
