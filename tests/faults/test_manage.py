"""`bin/manage` alone: servers come with the first command and go with the last, whatever kills them."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from gru.launcher.bootstrap import ROOT
from tests.faults.running import Running, clean_environment, is_alive, wait_for

WAIT = "import time; print('here', flush=True); time.sleep({})"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    data = tmp_path_factory.mktemp("manage") / "var"
    assert start(data, "check").wait(60) == 0
    return data


def start(data, *words):
    env = {**clean_environment(), "GRU_DATA_DIR": str(data)}
    argv = [str(ROOT / "bin" / "manage"), *words]
    return subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def waiting(data, seconds):
    """A command that says « here » when its database answers, then works for a while."""
    command = start(data, "shell", "--no-imports", "-c", WAIT.format(seconds))
    assert command.stdout.readline() == "here\n"
    return command


def servers_of(data):
    """The PostgreSQL processes of a data folder."""
    folder = (data / "servers").read_text().splitlines()[1] if (data / "servers").is_file() else str(data)
    return [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and f"{folder}/pg/data" in _command_line(entry) and is_alive(int(entry.name))
    ]


def _command_line(entry):
    try:
        return (entry / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def test_stops_the_servers_with_the_last_command(data):
    first, second = waiting(data, 1), waiting(data, 3)
    assert first.wait(10) == 0
    assert servers_of(data)
    assert second.wait(10) == 0
    assert not servers_of(data)


def test_many_at_once_share_one_server(data):
    commands = [start(data, "shell", "--no-imports", "-c", "print(1)") for _ in range(4)]
    assert [command.wait(60) for command in commands] == [0] * 4
    assert not servers_of(data)


@pytest.mark.parametrize("others", [0, 1])
def test_a_killed_command_does_not_keep_the_servers(data, others):
    rest = [waiting(data, 3) for _ in range(others)]
    killed = waiting(data, 60)
    killed.kill()
    assert [command.wait(20) for command in rest] == [0] * others
    assert wait_for(lambda: not servers_of(data), seconds=10)
    assert start(data, "check").wait(20) == 0


def test_a_killed_server_does_not_hinder_the_next_command(data):
    command = waiting(data, 1)
    os.kill(min(servers_of(data)), signal.SIGKILL)
    command.wait(20)
    assert start(data, "check").wait(30) == 0


def test_serve_waits_for_a_command_then_starts(data):
    command = waiting(data, 2)
    running = Running(data).start("--empty")
    assert command.wait(1) == 0
    assert running.stop() == 0


def test_gives_the_exit_code_and_the_input_of_the_command(data):
    assert start(data, "no_such_command").wait(20) == 1
    done = subprocess.run(
        [str(ROOT / "bin" / "manage"), "shell", "--no-imports"],
        env={**clean_environment(), "GRU_DATA_DIR": str(data)},
        input="import sys; print('lu'); sys.exit(3)",
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (3, "lu\n")
