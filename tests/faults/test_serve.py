"""`bin/serve`: starts, stops, survives; the data outlive every kill."""

import os
import signal
import subprocess
import time

import pytest

from gru.launcher.bootstrap import ROOT
from tests.faults.running import Running, is_alive, wait_for

CHILDREN = {
    "web": ("gunicorn", "gru.wsgi"),
    "worker": ("celery", "gru.celery"),
    "mail": ("mail_door",),
    "postgres": ("bin/postgres", "-D"),
    "valkey": ("valkey-server",),
}

AS_GAMES = ("setpriv", "--reuid=games", "--regid=games", "--clear-groups", "--")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """One data folder, prepared once: the later starts are quick."""
    running = Running(tmp_path_factory.mktemp("serve") / "var")
    running.start()
    assert running.stop() == 0
    return running.data


@pytest.fixture
def running(data):
    running = Running(data).start()
    yield running
    running.stop()


SESSIONS = "from django.contrib.sessions.models import Session; from django.utils import timezone; "


def remember(running, word):
    row = f"session_key='{word}', session_data='', expire_date=timezone.now()"
    running.shell(f"{SESSIONS} Session.objects.create({row})")


def remembers(running, word):
    return running.shell(f"{SESSIONS} print(Session.objects.filter(pk='{word}').count())") == "1"


class TestServe:
    def test_second_start_takes_less_than_ten_seconds(self, data):
        start = time.monotonic()
        running = Running(data).start()
        took = time.monotonic() - start
        running.stop()
        assert took < 10

    def test_stops_at_once_and_leaves_no_process(self, data):
        running = Running(data).start()
        family = running.descendants()
        start = time.monotonic()
        assert running.stop() == 0
        assert time.monotonic() - start < 20
        assert not [line for pid, line in family.items() if is_alive(pid)]
        assert not (data / "run" / "env").exists()

    def test_ctrl_c_during_the_first_start_stops_cleanly(self, tmp_path):
        running = Running(tmp_path / "var")
        running.launch()
        assert wait_for(lambda: "base" in running.told.read_text())
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(20) == 0
        running.start()
        assert running.stop() == 0

    def test_run_env_is_private_and_used_by_manage(self, running):
        assert (running.data / "run" / "env").stat().st_mode & 0o777 == 0o600
        start = time.monotonic()
        assert running.manage("check").returncode == 0
        assert time.monotonic() - start < 5

    def test_a_second_instance_on_the_same_folder_is_refused(self, running):
        second = Running(running.data)
        second.said, second.told = second.said.with_suffix(".o2"), second.told.with_suffix(".e2")
        second.launch()
        assert second.process.wait(10) == 75
        assert "GRU tourne déjà sur le dossier de données" in second.told.read_text()

    def test_two_instances_live_side_by_side(self, running, tmp_path):
        second = Running(tmp_path / "other").start("--empty")
        remember(second, "second")
        assert not remembers(running, "second")
        assert second.stop() == 0
        assert running.health() == 200


@pytest.mark.parametrize("name", CHILDREN)
def test_F01_F02_F04_a_killed_child_comes_back(running, name):
    remember(running, f"before-{name}")
    victim = running.child(*CHILDREN[name])
    os.kill(victim, signal.SIGKILL)
    assert wait_for(lambda: not is_alive(victim))
    assert wait_for(lambda: _came_back(running, name, victim), seconds=30)
    assert wait_for(lambda: running.health() == 200, seconds=30)
    assert remembers(running, f"before-{name}")


def _came_back(running, name, victim):
    try:
        return running.child(*CHILDREN[name]) != victim
    except ValueError:
        return False


def test_F01_F02_a_killed_launcher_takes_its_children_and_loses_nothing(data):
    running = Running(data).start()
    remember(running, "launcher")
    family = running.descendants()
    running.kill()
    assert wait_for(lambda: not any(map(is_alive, family)), seconds=20), {
        line for pid, line in family.items() if is_alive(pid)
    }
    again = Running(data).start()
    assert remembers(again, "launcher")
    assert again.stop() == 0


def test_starts_again_at_once_after_a_kill_on_the_same_ports(data):
    running = Running(data).start()
    running.kill()
    running.start(seconds=30)
    assert running.stop() == 0


def test_F03_without_its_broker_the_product_stays_healthy(running):
    os.kill(running.child("valkey-server"), signal.SIGSTOP)
    try:
        assert running.health() == 200
    finally:
        os.kill(running.child("valkey-server"), signal.SIGCONT)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone else")
def test_serves_an_ordinary_user_from_nothing(tmp_path_factory):
    place = tmp_path_factory.mktemp("user")
    for folder in (place, *list(place.parents)[:2]):
        folder.chmod(0o755)
    tree = place / "gru"
    tree.mkdir()
    copied = "git ls-files -z --cached --others --exclude-standard | xargs -0 tar -c | tar -x -C " + str(tree)
    subprocess.run(["sh", "-c", copied], cwd=ROOT, check=True)
    subprocess.run(["chown", "-R", "games:", str(place)], check=True)
    running = Running(tree / "var", tree=tree, prefix=AS_GAMES)
    running.said, running.told = place / "out", place / "err"
    running.start(seconds=240)
    assert running.health() == 200
    assert running.manage("check").returncode == 0
    assert running.stop() == 0
