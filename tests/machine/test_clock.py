"""`bin/test --clock`: the instant asked for, and what this machine must have."""

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gru.launcher import clock, verify
from gru.launcher.account import ENVIRONMENT
from gru.launcher.bootstrap import ROOT
from gru.launcher.home import throwaway_home
from gru.launcher.postgres import Postgres
from gru.launcher.refusal import Refusal

NOON = "2028-02-29T12:00"


@pytest.fixture
def usr(tmp_path, monkeypatch):
    """A machine of ours, whose user is not root."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


class TestTheInstant:
    @pytest.mark.parametrize(
        ("text", "instant"),
        [
            (NOON, "2028-02-29T11:00"),
            ("2028-02-29 12:00:30", "2028-02-29T11:00:30"),
            ("2028-02-29", "2028-02-28T23:00"),
            ("2027-07-01T12:00", "2027-07-01T10:00"),
            ("2028-02-29T12:00Z", "2028-02-29T12:00"),
            ("2028-02-29T12:00-05:00", "2028-02-29T17:00"),
            ("2026-10-25T02:30", "2026-10-25T00:30"),  # this hour comes twice: the first time
            ("2026-10-25T02:30+01:00", "2026-10-25T01:30"),
            ("2027-03-28T02:30", "2027-03-28T01:30"),  # this one never: clocks show 3:30
        ],
    )
    def test_is_read_in_paris_unless_it_names_its_offset(self, text, instant):
        assert clock.parse_instant(text) == datetime.fromisoformat(instant).replace(tzinfo=UTC)

    @pytest.mark.parametrize(
        "text", ["", "demain", "12:00", "2027-02-29T12:00", "0001-01-01", "9999-12-31T23:59"]
    )
    def test_what_is_none_is_refused_in_one_sentence(self, text):
        with pytest.raises(Refusal, match=f"« {text} » n’est pas un instant : écrivez-le comme") as refused:
            verify.parse(["--clock", text])
        assert refused.value.code == 2

    def test_an_option_without_its_instant_is_refused(self):
        with pytest.raises(Refusal, match="Donnez un instant à --clock") as refused:
            verify.parse(["tests/house", "--clock"])
        assert refused.value.code == 2

    def test_the_command_says_it_and_leaves(self):
        words = [sys.executable, str(ROOT / "bin" / "test"), "--clock=demain"]
        told = subprocess.run(words, capture_output=True, text=True)
        assert (told.returncode, told.stdout) == (2, "")
        assert told.stderr.startswith("« demain » n’est pas un instant")


class TestTheMachine:
    @pytest.mark.parametrize(
        "place", ["lib/x86_64-linux-gnu/datefudge", "lib64/datefudge", "local/lib/datefudge"]
    )
    def test_the_library_is_found_where_systems_put_it(self, usr, place):
        library = usr / place / "datefudge.so"
        library.parent.mkdir(parents=True)
        library.touch()
        assert clock.find_library(usr) == library

    def test_a_user_without_it_is_told_what_to_install(self, usr):
        with pytest.raises(
            Refusal, match="Il manque le paquet datefudge : faites « apt-get install"
        ) as refused:
            clock.find_library(usr)
        assert refused.value.code == 69

    def test_a_package_without_its_library_is_said(self, usr, monkeypatch):
        monkeypatch.setattr(clock, "install_system_package", lambda name: None)
        with pytest.raises(Refusal, match="n’a pas sa bibliothèque") as refused:
            clock.find_library(usr)
        assert refused.value.code == 69

    def test_the_clock_of_a_given_database_stays_its_own(self, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgres://gru@base/gru")
        with pytest.raises(Refusal, match="retirez DATABASE_URL") as refused:
            verify.parse(["--clock", NOON])
        assert refused.value.code == 2


class TestTheArguments:
    def test_all_others_are_for_pytest(self, usr, monkeypatch):
        monkeypatch.setattr(clock, "find_library", lambda: Path("/lib.so"))
        moved, asked = verify.parse(["-x", "--clock", NOON, "tests/house", "-k", "not slow"])
        assert asked == ["-x", "tests/house", "-k", "not slow"]
        away = datetime.now(UTC) + timedelta(seconds=moved.offset_s)
        assert abs(away - datetime(2028, 2, 29, 11, tzinfo=UTC)) < timedelta(seconds=5)

    def test_without_it_nothing_moves(self):
        assert verify.parse(["tests/house", "-q"]) == (None, ["tests/house", "-q"])


@pytest.mark.skipif("GRU_TEST_CLOCK" in os.environ, reason="a clock is moved once")
@pytest.mark.skipif(clock.find_datefudge() is None, reason="datefudge manque : bin/test --clock l’installe")
class TestTheMove:
    def test_postgresql_and_every_python_agree_and_time_goes_on(self, monkeypatch):
        monkeypatch.delenv("DATABASE_URL", raising=False)
        moved = clock.clock_at(NOON)
        with tempfile.TemporaryDirectory(prefix="gru-test-") as folder:
            home = throwaway_home(Path(folder))
            env = {**ENVIRONMENT, **moved.of_postgres}
            postgres = Postgres(home, home.path / "postgres.log", durable=False, env=env)
            process = postgres.start()
            asked = "SELECT extract(epoch FROM now()), pg_sleep(0.2), extract(epoch FROM clock_timestamp())"
            began, _slept, ended = postgres._psql(asked).stdout.strip().split("|")
            process.send_signal(postgres.stop_signal)
            process.wait(10)
        code = "import time, datetime; print(time.time(), datetime.datetime.now().timestamp())"
        child = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **moved.of_python},
            capture_output=True,
            text=True,
        )
        readings = [float(began), float(ended), *map(float, child.stdout.split())]
        assert readings == sorted(readings)
        assert readings[1] - readings[0] >= 0.2
        ago = time.time() - (readings[0] - moved.offset_s)
        assert 0 <= ago < 30
