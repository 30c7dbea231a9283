"""What happens to an arrival when something goes wrong: it is tried again, then set aside; never lost."""

import errno
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from channels_app.intake import services
from channels_app.intake.models import Arrival
from requests_app.tickets.models import Ticket
from requests_app.tickets.services import opening

NOW = timezone.now()
LATER = NOW + timedelta(minutes=1)
State = Arrival.State
pytestmark = pytest.mark.django_db


def kept(subject: str = "Bonjour", **given: object) -> Arrival:
    raw = f"From: amina@exemple.fr\r\nSubject: {subject}\r\n\r\nUne question.\r\n".encode()
    whole = {
        "channel": "mail",
        "address": "a@demande.invalid",
        "raw": raw,
        "source": "test",
        "at": NOW,
    }
    return Arrival.objects.get(pk=services.store(**{**whole, **given}).arrival_id)


@pytest.fixture
def poisoned(db):
    """A database that refuses any touchpoint whose subject says « poison »."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN IF NEW.subject LIKE '%poison%' THEN RAISE 'refused' USING ERRCODE = '22000'; END IF; "
            "RETURN NEW; END$$;"
            "CREATE TRIGGER refuse_poison BEFORE INSERT ON tickets_touchpoint "
            "FOR EACH ROW EXECUTE FUNCTION refuse_poison();"
        )


def tries(arrival: Arrival) -> tuple[str, int]:
    arrival.refresh_from_db()
    return arrival.state, arrival.attempts


class TestPoison:
    def test_F08_is_tried_three_times_then_set_aside(self, territory, poisoned):
        arrival = kept("poison")
        services.process(arrival_id=arrival.pk, at=NOW)
        assert tries(arrival) == (State.PENDING, 1)
        services.sweep(at=NOW + timedelta(minutes=1))
        assert tries(arrival) == (State.PENDING, 2)
        services.sweep(at=NOW + timedelta(minutes=2))
        assert tries(arrival) == (State.QUARANTINED, 3)
        assert arrival.reason
        assert not Ticket.objects.exists()

    def test_F08_holds_nobody_up(self, territory, poisoned):
        poison, good = kept("poison"), [kept(f"bon {n}") for n in range(20)]
        services.sweep(at=LATER)
        assert tries(poison) == (State.PENDING, 1)
        assert {tries(arrival)[0] for arrival in good} == {State.HEARD}

    def test_P01_logs_the_kind_of_error_and_not_its_text(self, territory, poisoned, caplog):
        services.process(arrival_id=kept("poison CANARI").pk, at=NOW)
        assert "DataError" in caplog.text
        assert "CANARI" not in caplog.text
        assert "amina" not in caplog.text


def test_a_number_already_taken_is_drawn_again(territory, make_ticket, monkeypatch):
    drawn = iter([make_ticket().reference, "LYN-7K4P2Q"])
    monkeypatch.setattr(opening, "new_reference", lambda: next(drawn))
    arrival = kept()

    services.process(arrival_id=arrival.pk, at=NOW)

    assert tries(arrival) == (State.HEARD, 0)
    assert Ticket.objects.get(touchpoints__arrivals=arrival).reference == "LYN-7K4P2Q"


class TestTriesThatKill:
    """A worker that dies leaves no trace of its try: the next one is counted before it begins."""

    def test_F02_are_counted_before_they_begin(self, territory):
        arrival = kept()
        Arrival.objects.filter(pk=arrival.pk).update(attempts=3)
        assert services.process_again(arrival_id=arrival.pk, at=NOW) == State.QUARANTINED
        assert tries(arrival) == (State.QUARANTINED, 3)

    def test_leave_a_good_arrival_its_chance(self, territory):
        assert services.process_again(arrival_id=kept().pk, at=NOW) == State.HEARD

    def test_are_not_made_twice_by_two_sweeps_at_once(self, territory):
        arrival = kept()
        waiting = Arrival.objects.forgotten(LATER, after=timedelta(seconds=20))
        Arrival.objects.filter(pk=arrival.pk).update(try_after=LATER + timedelta(seconds=1), attempts=1)
        assert services.process_again(arrival_id=arrival.pk, at=LATER, among=waiting) == State.PENDING
        assert tries(arrival) == (State.PENDING, 1)


class TestSweep:
    def test_leaves_the_youngest_to_the_bell(self, territory):
        assert services.sweep(at=NOW + timedelta(seconds=5)) == 0
        kept()
        assert services.sweep(at=NOW + timedelta(seconds=5)) == 0
        assert services.sweep(at=NOW + timedelta(seconds=25)) == 1

    def test_rings_twice_and_acts_once(self, territory):
        arrival = kept()
        assert services.process(arrival_id=arrival.pk, at=NOW) == State.HEARD
        assert services.process(arrival_id=arrival.pk, at=NOW) == State.HEARD
        assert services.sweep(at=LATER) == 0
        assert Ticket.objects.count() == 1


class TestFullDisk:
    def test_F05_waits_and_is_no_failure(self, territory, monkeypatch):
        """The storage is the edge: a full disk cannot be had in a test."""

        def full(*_given: object, **_named: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
        arrival = kept(raw=b"From: a@b.fr\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4")
        for minute in range(1, 6):
            services.sweep(at=NOW + timedelta(minutes=minute))
        assert tries(arrival) == (State.PENDING, 0)
        monkeypatch.undo()
        services.sweep(at=NOW + timedelta(minutes=7))
        assert tries(arrival)[0] == State.HEARD


class TestRepeats:
    def test_I3_a_repeat_changes_nothing(self, territory):
        assert kept().pk == kept().pk
        assert Arrival.objects.count() == 1

    def test_a_key_names_the_input_whatever_its_bytes(self, territory):
        assert kept("un", key="k").pk == kept("deux", key="k").pk

    def test_facts_of_the_door_stay_beside_those_of_the_mail(self, territory):
        given = services.store_unqueued(
            channel="mail",
            address="a@demande.invalid",
            raw=b"From: a@b.fr\r\n\r\nx",
            source="smtp",
            at=NOW,
            facts={"return_path": ""},
        )
        services.process(arrival_id=given.arrival_id, at=NOW)
        facts = Arrival.objects.get(pk=given.arrival_id).facts
        assert (facts["return_path"], facts["from"]) == ("", "a@b.fr")
