"""`bin/manage`: a management command beside a running `bin/serve`, or with servers started for it."""

import os
import signal
import subprocess
import sys
import time

from gru.launcher.bootstrap import PYTHON, ROOT
from gru.launcher.commands import MIGRATE
from gru.launcher.folder import DataFolder, Lock, chosen_folder
from gru.launcher.home import home_of
from gru.launcher.refusal import TRY_AGAIN, Refusal
from gru.launcher.servers import is_embedded
from gru.launcher.spawn import open_log, spawn, tail
from gru.launcher.steps import Preparation, Stamps, sum_of_migrations

_READY_SECONDS = 120
_ABOUT_MIGRATIONS = {"makemigrations", "migrate", "showmigrations", "sqlmigrate", "squashmigrations"}


def main() -> int:
    """Run the command of the command line and return its exit code."""
    data = DataFolder(chosen_folder())
    data.open()
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return _run(data.environment({}))
    users = Lock(data.run / "users.lock")
    users.share()
    try:
        return _run(data.environment(_prepare(data)), users)
    finally:
        users.release()
        time.sleep(
            0.05
        )  # the keeper, if it waits, takes the lock now and holds it until the servers have stopped
        users.share()


def _prepare(data: DataFolder) -> dict[str, str]:
    """Return the variables of servers that are ready and migrated."""
    deadline, keeper = time.monotonic() + _READY_SECONDS, None
    while time.monotonic() < deadline:
        if data.is_owned():
            if published := data.read_env():
                _migrate(data, published)
                return published
        elif keeper is None or keeper.poll() == 0:
            keeper = _start_keeper(data)
        elif keeper.poll() is not None:
            said = tail(data.logs / "keeper.log").strip().splitlines()[-1:]
            raise Refusal(said[0] if said else "Les serveurs embarqués n’ont pas démarré.", keeper.returncode)
        time.sleep(0.02)
    raise Refusal("Les serveurs embarqués ne sont pas prêts après deux minutes : recommencez.", TRY_AGAIN)


def _start_keeper(data: DataFolder) -> subprocess.Popen[bytes]:
    """Start a keeper, which outlives this command when another one has joined it."""
    with open_log(data.logs / "keeper.log") as log:
        return subprocess.Popen(
            [PYTHON, "-m", "gru.launcher.keeper", str(data.path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=ROOT,
            start_new_session=True,
        )


def _migrate(data: DataFolder, published: dict[str, str]) -> None:
    """Migrate an embedded database; the one of a running `bin/serve` already is up to date."""
    if not is_embedded() or "GRU_PUBLIC_URL" in published or _ABOUT_MIGRATIONS & set(sys.argv[1:2]):
        return
    one_at_a_time = Lock(data.run / "prepare.lock")
    one_at_a_time.take()
    try:
        stamps = Stamps(home_of(data.path).stamps)
        preparation = Preparation({**os.environ, **published}, stamps)
        preparation.compile_catalogues()
        preparation.run_once(MIGRATE, sum_of_migrations())
    finally:
        one_at_a_time.close()


def _run(env: dict[str, str], users: Lock | None = None) -> int:
    """Run manage.py in the foreground, with the terminal, folder and standard input of the caller."""
    # A command outlives us no longer than its lock.
    descriptors = {} if users is None else {"pass_fds": (users.handle,)}
    signal.signal(signal.SIGINT, lambda *_: None)  # the terminal signals the command too
    command = spawn(
        [PYTHON, ROOT / "manage.py", *sys.argv[1:]],
        env={**os.environ, **env},
        output=None,
        cwd=os.getcwd(),
        death_signal=signal.SIGKILL,
        stdin=None,
        start_new_session=False,
        **descriptors,
    )
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, lambda received, _: command.send_signal(received))
    code = command.wait()
    return code if code >= 0 else 128 - code
