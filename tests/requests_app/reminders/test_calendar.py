"""The appointment in the calendar of those who are written to by mail: added, changed, cancelled."""

import email
from datetime import timedelta
from email.policy import default

import pytest

from channels_app.mail import sending
from requests_app.appointments import services as appointments
from requests_app.appointments.calendar_file import agent_calendar, calendar_file
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.reminders.models import Reminder
from requests_app.reminders.services.cancelling import cancel_and_confirm
from requests_app.tickets.models import Ticket
from tests.requests_app.appointments.conftest import NOW, THURSDAY

FRIDAY = THURSDAY + timedelta(days=1)
LATER, AFTER = NOW + timedelta(minutes=5), NOW + timedelta(minutes=9)


@pytest.fixture
def paul(make_person):
    return make_person(given_name="Paul", email="paul+rdv@exemple.fr")


@pytest.fixture
def given(give, make_ticket, paul):
    appointment = give(ticket=make_ticket(person=paul))
    left()
    return appointment


def left():
    Outgoing.objects.filter(state="queued").exclude(reminder__purpose="reminder").update(
        state="sent", sent_at=NOW
    )


def last_mail():
    said = Reminder.objects.exclude(purpose=Reminder.Purpose.REMINDER).order_by("-pk").first()
    return sending.build_mail(said.outgoing).message().as_bytes()


def mail_of(appointment, purpose):
    rows = Reminder.objects.filter(appointment=appointment, purpose=purpose, outgoing__channel="mail")
    return sending.build_mail(rows.order_by("-pk").first().outgoing).message().as_bytes()


def calendar(raw):
    """The lines of the file, by their name, and the method that its type says."""
    parts = email.message_from_bytes(raw, policy=default).walk()
    [part] = [each for each in parts if each.get_filename() == "rendez-vous.ics"]
    text = part.get_content().replace("\r\n ", "")
    assert "\r\n" in text
    assert part.get_content_type() == "text/calendar"
    lines = dict(line.partition(":")[::2] for line in text.splitlines())
    assert part["Content-Type"].params["method"] == lines["METHOD"]
    return lines


def test_the_confirmation_puts_it_in_the_calendar(given, settings):
    lines = calendar(last_mail())
    assert (lines["METHOD"], lines["SEQUENCE"], lines["STATUS"]) == ("REQUEST", "0", "CONFIRMED")
    assert lines["DTSTART"] == "20261126T093000Z"
    assert lines["ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE"] == "mailto:paul+rdv@exemple.fr"
    organizer = lines[f'ORGANIZER;CN="{settings.AUTHORITY_NAME}"']
    assert organizer.startswith(f"mailto:demande+{given.ticket.reference}.")


def test_a_move_changes_the_same_one(given, wish, chloe):
    before = calendar(last_mail())
    appointments.move(appointment=given, wish=wish(FRIDAY), by=chloe, at=LATER)
    after = calendar(last_mail())
    assert (after["UID"], after["METHOD"], after["SEQUENCE"]) == (before["UID"], "REQUEST", "2")
    assert after["DTSTART"] == "20261127T093000Z"
    assert after["DTSTAMP"] > before["DTSTAMP"]


@pytest.mark.parametrize("by_service", [True, False])
def test_a_cancellation_cancels_it_there_whoever_cancels(given, chloe, by_service):
    before = calendar(last_mail())
    if by_service:
        appointments.call_off(appointment=given, reason="Malade", by=chloe, at=LATER)
    else:
        appointments.cancel_by_person(appointment=given, by=None, at=LATER)
    after = calendar(last_mail())
    assert (after["UID"], after["METHOD"], after["STATUS"]) == (before["UID"], "CANCEL", "CANCELLED")
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")
    assert after["DTSTAMP"] > before["DTSTAMP"]


def test_what_was_cancelled_and_stands_again_comes_back(given):
    appointments.cancel_by_person(appointment=given, by=None, at=LATER)
    assert calendar(last_mail())["SEQUENCE"] == "1"
    left()
    appointments.undo(appointment=given, by=None, at=AFTER)
    lines = calendar(last_mail())
    assert (lines["METHOD"], lines["SEQUENCE"]) == ("REQUEST", "2")


def test_A03_a_sensitive_one_names_no_place(give, make_ticket, paul):
    ticket = make_ticket(person=paul)
    Ticket.objects.filter(pk=ticket.pk).update(is_sensitive=True)
    ticket.refresh_from_db()
    give(ticket=ticket)
    assert "LOCATION" not in calendar(last_mail())


def test_nobody_is_written_to_twice_when_no_mail_told_them(give, make_ticket, amina):
    appointment = give(ticket=make_ticket(person=amina))
    left()
    appointments.cancel_by_person(appointment=appointment, by=None, at=LATER)
    assert not Reminder.objects.filter(purpose=Reminder.Purpose.CANCELLED_AS_ASKED).exists()
    assert not Outgoing.objects.filter(payload__has_key="calendar").exists()


def test_the_file_of_the_page_says_who_invites_and_invites_nobody(given, settings):
    """RFC 5546, 3.2.1 and 3.2.5: PUBLISH and CANCEL need ORGANIZER, PUBLISH has no ATTENDEE."""
    organizer = f'ORGANIZER;CN="{settings.AUTHORITY_NAME}":mailto:{settings.MAIL_FROM}'
    shown = calendar_file(given, at=NOW).decode().replace("\r\n ", "").splitlines()
    assert (organizer in shown, "METHOD:PUBLISH" in shown) == (True, True)
    assert not [line for line in shown if line.startswith("ATTENDEE")]
    appointments.cancel_by_person(appointment=given, by=None, at=LATER)
    gone = calendar_file(given, at=LATER).decode().replace("\r\n ", "").splitlines()
    assert (organizer in gone, "METHOD:CANCEL" in gone) == (True, True)
    feed = agent_calendar([given]).decode().replace("\r\n ", "").splitlines()
    assert feed.count(organizer) == 1


class TestWhoIsNowWrittenToBySms:
    """A mail put it in their calendar; since then they gave a mobile number, which is written to first."""

    @pytest.fixture
    def by_sms(self, given, paul):
        ContactPoint.objects.create(person=paul, kind="phone", value="+33639987766", created_at=NOW)
        return given

    @staticmethod
    def told(appointment, purpose):
        rows = Reminder.objects.filter(appointment=appointment, purpose=purpose)
        return sorted(rows.values_list("outgoing__channel", "round"))

    def test_a_cancellation_by_sms_goes_to_the_calendar_too(self, by_sms):
        point = ContactPoint.objects.get(value="+33639987766")
        cancel_and_confirm(by_sms, point, LATER, channel="sms")
        assert self.told(by_sms, "cancelled_as_asked") == [("mail", 1), ("sms", 1)]
        assert calendar(mail_of(by_sms, "cancelled_as_asked"))["METHOD"] == "CANCEL"

    def test_a_cancellation_by_the_service_goes_to_the_calendar_too(self, by_sms, chloe):
        appointments.call_off(appointment=by_sms, reason="Malade", by=chloe, at=LATER)
        assert self.told(by_sms, "cancellation") == [("mail", 1), ("sms", 1)]
        assert calendar(mail_of(by_sms, "cancellation"))["METHOD"] == "CANCEL"

    def test_a_move_changes_the_calendar_too_once(self, by_sms, wish, chloe):
        appointments.move(appointment=by_sms, wish=wish(FRIDAY), by=chloe, at=LATER)
        assert self.told(by_sms, "confirmation") == [("mail", 1), ("mail", 2), ("sms", 2)]
        lines = calendar(mail_of(by_sms, "confirmation"))
        assert (lines["METHOD"], lines["DTSTART"]) == ("REQUEST", "20261127T093000Z")

    def test_without_a_file_in_a_calendar_one_message_is_enough(self, give, make_ticket, amina, wish, chloe):
        appointment = give(ticket=make_ticket(person=amina))
        left()
        appointments.move(appointment=appointment, wish=wish(FRIDAY), by=chloe, at=LATER)
        assert self.told(appointment, "confirmation") == [("sms", 1), ("sms", 2)]
