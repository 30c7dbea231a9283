"""Everything that leaves without an agent, in both languages, for every Maison of the imported file (S07)."""

from datetime import datetime
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from channels_app.sms.texts import fit, segments_of
from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.lib.segments import fold, measure
from requests_app.lib.short_texts import all_texts
from requests_app.lib.text import words
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS
from requests_app.outbox.links import PLACEHOLDER
from requests_app.reminders.models import Reminder
from requests_app.reminders.texts import brief_texts, mail_text, places
from requests_app.tickets.models import Ticket
from tests.requests_app.reminders.test_texts import TELLING

MAX_DAY = datetime(2026, 12, 30, 10, 30, tzinfo=PARIS)  # a Wednesday of two digits
TELLING_IN_ENGLISH = set(
    words(
        "benefit benefits child children childcare disability disabled health social welfare violence "
        "pregnancy debt housing adoption psychologist minor guardianship solidarity"
    )
)
# What no SMS that leaves by itself may say, in either language.
FORBIDDEN = TELLING | TELLING_IN_ENGLISH | {"maison", "mdm", "centre", "center"}
BRIEF = (Path("templates/messages/brief"), Path("channels_app/sms/templates/sms"))


@pytest.fixture(params=["fr", "en"])
def language(request, settings):
    settings.LANGUAGE_CODE = request.param
    settings.PUBLIC_URL = "https://gru.exemple.fr"
    return request.param


@pytest.fixture
def maisons(territory):
    found = list(Maison.objects.select_related("commune"))
    assert len(found) == 61
    return found


def said_beside_the_place(text, maison):
    """The words of a text without those of the address, which is what it must say."""
    for place in places(maison):
        text = text.replace(place, " ")
    return set(words(text))


@pytest.mark.parametrize("purpose", Reminder.Purpose.values)
@pytest.mark.parametrize("is_discreet", [False, True])
def test_S07_every_appointment_text_of_every_maison(maisons, language, purpose, is_discreet):
    for maison in maisons:
        text = fit(brief_texts(purpose, MAX_DAY, maison, is_discreet=is_discreet))
        assert segments_of(text) == 1, (maison.name, text)
        assert PLACEHOLDER in text
        assert not said_beside_the_place(text, maison) & FORBIDDEN, text
        assert maison.name.lower() not in text.lower()
        assert not is_discreet or maison.address not in text


def test_S07_the_longest_address_is_said_or_left_out_whole(maisons, language):
    longest = max(maisons, key=lambda maison: len(maison.address))
    text = fit(brief_texts(Reminder.Purpose.REMINDER, MAX_DAY, longest, is_discreet=False))
    assert any(place in text for place in places(longest)) or longest.address[:12] not in text


def test_S07_every_other_text_that_leaves_by_itself(language, db):
    for text in all_texts():
        for sample in text.samples():
            assert measure(fold(sample)).segments == 1, (text.name, sample)
            assert not set(words(sample)) & FORBIDDEN, (text.name, sample)


def test_S07_every_sms_template_with_its_longest_values(language, settings):
    values = {
        "authority": settings.AUTHORITY_NAME,
        "phone": settings.AUTHORITY_PHONE,
        "code": "123456",
        "reference": "LYN-7K4P2Q",
        "received": "28/11",
        "due": "30/12",
        "link": f"{settings.PUBLIC_URL}/s/{'x' * 22}",
    }
    templates = sorted(file for folder in BRIEF for file in settings.BASE_DIR.joinpath(folder).glob("*.txt"))
    assert len(templates) >= 5
    for template in templates:
        text = fold(render_to_string(str(template).split("/templates/")[1], values).strip())
        assert measure(text).segments == 1, (template.name, text)
        assert not set(words(text)) & FORBIDDEN, (template.name, text)


@pytest.mark.parametrize("purpose", Reminder.Purpose.values)
def test_S07_no_mail_names_the_place(maisons, language, purpose):
    for maison in maisons:
        appointment = Appointment(maison=maison, starts_at=MAX_DAY, ticket=Ticket(), type=AppointmentType())
        text = mail_text(purpose, appointment, is_discreet=False)
        assert maison.name.lower() not in text.lower()
        told = text.replace(maison.address, " ").replace(maison.commune.name, " ")
        assert not set(words(told)) & (FORBIDDEN - {"social"}), text
