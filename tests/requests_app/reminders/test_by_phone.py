"""An appointment by telephone: nobody is sent to an address, in any message."""

import pytest

from channels_app.sms.texts import fit, segments_of
from requests_app.appointments.calendar_file import agent_calendar, calendar_file
from requests_app.appointments.models import AppointmentType
from requests_app.maisons.models import Maison
from requests_app.outbox.links import PLACEHOLDER
from requests_app.reminders.models import Reminder
from requests_app.reminders.texts import brief_texts, mail_text
from requests_app.waiting_list.texts import offer_texts
from tests.requests_app.appointments.conftest import NOW, THURSDAY

Purpose = Reminder.Purpose
COMING = [Purpose.CONFIRMATION, Purpose.REMINDER]


@pytest.fixture
def given(give):
    appointment = give()
    AppointmentType.objects.update(is_by_phone=True)
    appointment.type.refresh_from_db()
    return appointment


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("is_discreet", [False, True])
@pytest.mark.parametrize("purpose", COMING)
def test_the_short_message_says_so_in_one_segment(territory, purpose, is_discreet, language):
    expected = {"fr": "par téléphone", "en": "by phone"}[language]
    for maison in Maison.objects.select_related("commune")[:5]:
        found = brief_texts(
            purpose, THURSDAY, maison, is_discreet=is_discreet, is_by_phone=True, language=language
        )
        for text in [fit(found), found[-1]]:
            assert expected in text
            assert maison.address not in text
            assert PLACEHOLDER in text
            assert segments_of(text) == 1


@pytest.mark.parametrize("old", [None, NOW])
def test_a_freed_hour_offered_says_so(lyon_8, old):
    [first, *_others] = offer_texts(THURSDAY, lyon_8, is_discreet=False, is_by_phone=True, instead_of=old)
    assert ", par téléphone" in first


@pytest.mark.parametrize("purpose", COMING)
def test_the_mail_says_who_calls(given, purpose):
    said = mail_text(purpose, given, is_discreet=False)
    assert "nous vous appelons, ne venez pas" in said
    assert given.maison.address not in said
    assert "Nous vous attendons" not in said


def test_the_calendar_names_no_address(given):
    given_file = calendar_file(given, at=NOW).decode()
    assert "LOCATION:Par téléphone" in given_file
    assert "LOCATION:By phone" in calendar_file(given, at=NOW, language="en").decode()
    assert "LOCATION:Par téléphone" in agent_calendar([given]).decode()
