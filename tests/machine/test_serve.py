"""What `bin/serve` decides before and while it serves."""

import socket
import subprocess
import sys
import time

import pytest

from gru.launcher import commands, supervisor, welcome
from gru.launcher.commands import Step
from gru.launcher.instance import Instance, use_environment
from gru.launcher.ports import refuse_used
from gru.launcher.refusal import Refusal
from gru.launcher.serve import parse
from gru.launcher.steps import Preparation, Stamps
from gru.launcher.supervisor import Child, Supervisor
from requests_app.accounts.demo import ACCOUNTS


@pytest.fixture
def taken():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_every_demo_account_is_printed_once_it_serves():
    said = welcome.block(1, 1, 0, with_accounts=True)
    assert [account.username for account in ACCOUNTS if f"  {account.username} " not in said] == []


class TestOptions:
    def test_have_the_defaults_of_the_product(self):
        options = parse([])
        assert (options.port, options.mail_port, commands.DEMO_PORT) == (8000, 8025, 8026)
        assert options.demo_port is None
        assert not options.empty

    def test_a_second_instance_takes_another_demo_port(self, taken, monkeypatch):
        monkeypatch.setattr(commands, "DEMO_PORT", taken)
        instance = Instance(parse([]))
        instance._choose_demo_ports(0)
        assert instance.options.demo_port not in {None, taken}

    def test_a_demo_port_asked_for_and_taken_is_refused(self, taken):
        with pytest.raises(Refusal, match=f"Le port {taken} est déjà pris.*--demo-port"):
            Instance(parse(["--demo-port", str(taken)]))._choose_demo_ports(0)

    @pytest.mark.parametrize(
        "argv", [["--port", "0"], ["--port", "99999"], ["--port", "9000", "--mail-port", "9000"]]
    )
    def test_impossible_ports_are_bad_arguments(self, argv):
        with pytest.raises(Refusal) as refused:
            parse(argv)
        assert refused.value.code == 2

    def test_unknown_options_are_bad_arguments(self):
        with pytest.raises(SystemExit) as left:
            parse(["--nonsense"])
        assert left.value.code == 2


class TestPorts:
    def test_a_taken_port_is_refused_with_its_option(self, taken):
        with pytest.raises(Refusal, match=f"Le port {taken} est déjà pris.*--mail-port") as refused:
            refuse_used(taken, "--mail-port")
        assert refused.value.code == 75

    def test_a_port_that_is_being_left_is_waited_for(self):
        with socket.socket() as holder:
            holder.bind(("127.0.0.1", 0))
            port = holder.getsockname()[1]
        refuse_used(port, "--port", seconds=5)


class TestSteps:
    def run(self, stamps, mark):
        Preparation({}, Stamps(stamps)).run_once(Step("help", "Aide…", ("help",)), mark)

    def test_a_step_is_done_once_for_the_same_sources(self, tmp_path, capsys):
        for mark in ("a", "a", "b"):
            self.run(tmp_path / "steps.json", mark)
        assert capsys.readouterr().err == "Aide…\nAide…\n"

    def test_a_step_that_fails_shows_why_and_is_not_noted(self, tmp_path, capsys):
        with pytest.raises(Refusal, match="a échoué") as refused:
            Preparation({}, Stamps(tmp_path / "s")).run_once(Step("no", "Essai…", ("no_such_command",)))
        assert refused.value.code == 75
        assert "no_such_command" in capsys.readouterr().err
        assert not (tmp_path / "s").exists()


class TestSupervisor:
    def child(self, tmp_path, code):
        def launch():
            return subprocess.Popen([sys.executable, "-c", code], start_new_session=True)

        return Child("Le test", launch, tmp_path / "log")

    def watch(self, watched, *, until):
        deadline = time.monotonic() + 10
        while not until() and time.monotonic() < deadline:
            watched.tick()
            time.sleep(0.02)
        assert until()

    def test_a_dead_child_comes_back_after_a_growing_pause(self, tmp_path, capsys):
        watched, child = Supervisor(), self.child(tmp_path, "raise SystemExit(3)")
        watched.add(child)
        self.watch(watched, until=lambda: child.deaths == 3)
        assert [
            line.partition(" dans ")[2].partition(" s,")[0] for line in capsys.readouterr().err.splitlines()
        ] == [
            "0.5",
            "1",
            "2",
        ]

    def test_a_living_child_is_left_alone(self, tmp_path):
        watched, child = Supervisor(), self.child(tmp_path, "import time; time.sleep(60)")
        watched.add(child)
        pid = child.process.pid
        watched.tick()
        assert child.process.pid == pid
        watched.stop()
        assert child.process.returncode == -15

    def test_a_child_that_will_not_stop_is_killed(self, tmp_path, monkeypatch):
        monkeypatch.setattr(supervisor, "_PATIENCE", 0.2)
        deaf = "import signal, time; [signal.signal(s, signal.SIG_IGN) for s in (15, 3)]"
        is_deaf = tmp_path / "deaf"
        watched, child = Supervisor(), self.child(tmp_path, f"{deaf}; open('{is_deaf}', 'w'); time.sleep(60)")
        watched.add(child)
        self.watch(watched, until=is_deaf.exists)
        watched.stop()
        assert child.process.returncode == -9


def test_commands_run_with_the_projects_python():
    assert str(use_environment(["celery", "-A", "x"])[1]).endswith("/.venv/bin/celery")
    assert use_environment(["manage.py", "check"])[1:] == ["manage.py", "check"]
