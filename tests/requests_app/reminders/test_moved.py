"""A moved appointment says its new date and the one it replaces, by every channel."""

from datetime import timedelta

import pytest

from channels_app.sms.texts import fit, segments_of
from requests_app.appointments import services as appointments
from requests_app.lib.segments import measure
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.reminders.services import sweep
from requests_app.reminders.texts import brief_texts
from requests_app.tickets.models import ToDo
from tests.requests_app.appointments.conftest import NOW, THURSDAY

FRIDAY = THURSDAY + timedelta(days=1)
LATER = NOW + timedelta(minutes=5)


def text_of_last():
    said = Outgoing.objects.filter(reminder__purpose="confirmation").order_by("-pk").first()
    return said.payload["text"].replace("\u00a0", " ")


def sent():
    Outgoing.objects.filter(reminder__purpose="confirmation").update(state="sent", sent_at=NOW)


@pytest.fixture
def moved(give, wish, chloe):
    """Given to somebody who was told of it, and moved to Friday."""

    def move(*, starts_at=FRIDAY, at=LATER, **given):
        appointment = give(**given)
        sent()
        appointments.move(appointment=appointment, wish=wish(starts_at), by=chloe, at=at)
        return appointment

    return move


def test_by_sms(moved):
    moved()
    assert "nouvelle date de RDV vendredi 27/11 à 10h30 (au lieu de jeudi 26/11" in text_of_last()


def test_the_same_day_only_the_hour_is_said(moved):
    moved(starts_at=THURSDAY + timedelta(hours=1))
    assert "nouvelle date de RDV jeudi 26/11 à 11h30 (au lieu de 10h30)" in text_of_last()


def test_by_mail(moved, make_ticket, make_person):
    person = make_person(given_name="Paul", email="paul@exemple.fr")
    moved(ticket=make_ticket(person=person))
    assert (
        "une nouvelle date : vendredi 27 novembre à 10 h 30 (au lieu de jeudi 26 novembre à 10 h 30)."
    ) in text_of_last()


def test_by_voice_for_who_can_not_be_written_to(moved, make_ticket):
    given = moved(ticket=make_ticket())
    (task,) = ToDo.objects.to_do().filter(ticket=given.ticket)
    assert task.text.replace("\u00a0", " ").startswith(
        "Nouvelle date : vendredi 27 novembre à 10 h 30 (au lieu de jeudi 26 novembre à 10 h 30) : "
        "prévenir la personne."
    )


def test_by_the_next_way_when_the_first_one_fails(moved, amina):
    ContactPoint.objects.get_or_create(
        person=amina, kind="email", value="amina@exemple.fr", defaults={"created_at": NOW}
    )
    moved()
    last = Outgoing.objects.filter(reminder__purpose="confirmation").order_by("-pk").first()
    Outgoing.objects.filter(pk=last.pk).update(state="failed", ended_at=LATER, reason="Numéro inconnu")
    sweep(at=LATER + timedelta(minutes=1))
    assert "(au lieu de jeudi 26 novembre à 10 h 30)" in text_of_last()


def test_what_nobody_heard_of_is_replaced_by_nothing(give, wish, chloe):
    given = give()
    appointments.move(appointment=given, wish=wish(FRIDAY), by=chloe, at=NOW + timedelta(seconds=5))
    assert "au lieu" not in text_of_last()
    assert "RDV vendredi 27/11 à 10h30" in text_of_last()


def test_moved_twice_at_once_the_date_that_was_told_is_the_one_replaced(moved, wish, chloe):
    given = moved()
    saturday = THURSDAY + timedelta(days=4)
    appointments.move(appointment=given, wish=wish(saturday), by=chloe, at=LATER + timedelta(seconds=5))
    assert "(au lieu de jeudi 26/11" in text_of_last()


def test_another_agent_or_room_replaces_no_date(moved):
    moved(starts_at=THURSDAY)
    assert "au lieu" not in text_of_last()


def test_a_reserved_one_says_both_dates_and_no_place(moved, make_ticket, amina, lyon_8):
    moved(ticket=make_ticket(person=amina, topic="enfance-danger"))
    assert "(au lieu de jeudi 26/11" in text_of_last()
    assert lyon_8.address not in text_of_last()


@pytest.mark.parametrize("days", [0, 7])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_S07_fits_in_one_segment_for_every_maison(territory, settings, days, language):
    from requests_app.maisons.models import Maison

    settings.PUBLIC_URL = "https://gru.exemple.fr"
    longest = THURSDAY.replace(month=12, day=30)
    for maison in Maison.objects.select_related("commune"):
        old = longest - timedelta(days=days, hours=1)
        text = fit(
            brief_texts("confirmation", longest, maison, is_discreet=False, instead_of=old, language=language)
        )
        assert segments_of(text) == 1, (maison.name, text)
        assert measure(text).segments == 1
        assert maison.name.lower() not in text.lower()
