"""A whole product started by `bin/serve`, as a person would, in folders and ports of its own."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from gru.launcher.bootstrap import ROOT


def clean_environment() -> dict[str, str]:
    """What a person's shell has: nothing of the tests' own servers and settings."""
    ours = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
    return {
        name: value for name, value in os.environ.items() if name not in ours and not name.startswith("GRU_")
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition: Callable[[], object], *, seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


class Running:
    """One `bin/serve`; `settings` are those of its environment (GRU_…)."""

    def __init__(
        self, data: Path, *, tree: Path = ROOT, prefix: tuple[str, ...] = (), **settings: str
    ) -> None:
        self.data, self.tree, self.prefix, self.settings = data, tree, prefix, settings
        self.port, self.mail_port = free_port(), free_port()
        self.said, self.told = data.with_suffix(".out"), data.with_suffix(".err")
        self.process: subprocess.Popen | None = None

    def launch(self, *options: str) -> subprocess.Popen:
        ports = ["--port", str(self.port), "--mail-port", str(self.mail_port), "--data-dir", str(self.data)]
        with self.said.open("wb") as out, self.told.open("wb") as err:
            self.process = subprocess.Popen(
                [*self.prefix, str(self.tree / "bin" / "serve"), *ports, *options],
                stdout=out,
                stderr=err,
                env=clean_environment() | self.settings,
                cwd="/",
            )
        return self.process

    def start(self, *options: str, seconds: float = 120) -> "Running":
        process = self.launch(*options)
        ready = f"GRU prêt : http://127.0.0.1:{self.port}/"
        assert wait_for(lambda: self.last_line() == ready or process.poll() is not None, seconds=seconds)
        assert process.poll() is None, self.told.read_text()
        return self

    def last_line(self) -> str:
        return (self.said.read_text().splitlines() or [""])[-1]

    def stop(self) -> int:
        if self.process is None or self.process.poll() is not None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def health(self) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def manage(self, *words: str) -> subprocess.CompletedProcess:
        env = {**clean_environment(), "GRU_DATA_DIR": str(self.data)}
        argv = [*self.prefix, str(self.tree / "bin" / "manage"), *words]
        return subprocess.run(argv, env=env, capture_output=True, text=True)

    def shell(self, code: str) -> str:
        done = self.manage("shell", "--no-imports", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def descendants(self) -> dict[int, str]:
        return dict(descendants_of(self.process.pid))

    def child(self, *words: str) -> int:
        """The pid of the child (the eldest one) whose command line holds every word."""
        return min(pid for pid, line in self.descendants().items() if all(word in line for word in words))


def descendants_of(pid: int) -> Iterator[tuple[int, str]]:
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        try:
            line = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            yield int(child), line
            yield from descendants_of(int(child))
        except FileNotFoundError:
            continue


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
