"""The data folder: the secret, the logs, the uploaded files, and who is using it now.

- `run/owner.lock` is held, for its whole life, by the process that owns the servers (bin/serve or a keeper);
- `run/users.lock` is shared by the `bin/manage` commands that count on a keeper: the kernel forgets a holder
  that dies, whatever killed it;
- `run/env` tells the other commands how to reach the servers, while they are ready.
"""

import fcntl
import os
import re
import secrets
import shlex
import time
from collections.abc import Mapping
from pathlib import Path

from gru.launcher.bootstrap import ROOT
from gru.launcher.refusal import LACKING, Refusal

SETTINGS = "DJANGO_SETTINGS_MODULE"


def chosen_folder(option: str | None = None) -> Path:
    """Return the data folder that the option, else GRU_DATA_DIR, else the checkout names."""
    return Path(option or os.environ.get("GRU_DATA_DIR") or ROOT / "var").expanduser().resolve()


class DataFolder:
    """One instance's data; opening it creates it, and refuses what belongs to someone else."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run = path / "run"
        self.logs = path / "log"
        self.env_file = self.run / "env"

    def open(self) -> None:
        """Create the folder, or refuse one of another account."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        except (FileExistsError, NotADirectoryError):
            raise Refusal(f"{self.path} n’est pas un dossier : donnez-en un avec --data-dir.") from None
        if self.path.stat().st_uid != os.geteuid():
            raise Refusal(
                f"Le dossier de données {self.path} appartient à un autre compte : "
                "lancez la commande sous ce compte, ou choisissez un autre dossier avec --data-dir.",
                LACKING,
            )
        self.run.mkdir(exist_ok=True, mode=0o700)
        self.logs.mkdir(exist_ok=True, mode=0o700)

    def own(self, *, seconds: float = 0.5) -> "Lock | None":
        """Become the one owner of the servers; None when another still is after `seconds`."""
        lock = Lock(self.run / "owner.lock")
        if lock.try_to_take(seconds=seconds):
            self.forget_env()  # left behind by an owner that was killed
            return lock
        lock.close()
        return None

    def is_owned(self) -> bool:
        """Tell whether a bin/serve or a keeper lives; this takes the lock for an instant: `own` waits."""
        lock = self.own(seconds=0)
        if lock:
            lock.close()
        return lock is None

    def secret_key(self) -> str:
        """Return the instance's secret, generated once."""
        return secret(self.path / "secret_key")

    def environment(self, servers: Mapping[str, str]) -> dict[str, str]:
        """Return how any command reaches this instance; the caller's environment wins."""
        names = ("DATABASE_URL", "REDIS_URL", "GRU_SECRET_KEY")
        given = {name: os.environ[name] for name in names if os.environ.get(name)}
        if "DATABASE_URL" in given:
            given |= {
                "GRU_EMBEDDED": "",
                "GRU_OWNER_DATABASE_URL": os.environ.get("GRU_OWNER_DATABASE_URL", ""),
            }
        key = {} if "GRU_SECRET_KEY" in given else {"GRU_SECRET_KEY": self.secret_key()}
        chosen = {SETTINGS: os.environ.get(SETTINGS) or "gru.settings.dev"}
        return {**servers, **key, **given, **chosen, "GRU_DATA_DIR": str(self.path)}

    def write_env(self, values: Mapping[str, str]) -> None:
        """Publish how to reach the servers; shell and Python read the same lines."""
        lines = "".join(f"{name}={_quote(value)}\n" for name, value in sorted(values.items()))
        write_private(self.env_file, lines)

    def read_env(self) -> dict[str, str]:
        """Return what the owner published; empty when nobody did."""
        try:
            lines = self.env_file.read_text().splitlines()
        except FileNotFoundError:
            return {}
        return dict(" ".join(shlex.split(line)).split("=", 1) for line in lines if "=" in line)

    def forget_env(self) -> None:
        """Announce that the servers may no longer be used."""
        self.env_file.unlink(missing_ok=True)


def _quote(value: str) -> str:
    return value if re.fullmatch(r"[\w@%+=:,./?-]*", value, re.ASCII) else shlex.quote(value)


def secret(path: Path, *, length: int = 50) -> str:
    """Read a secret, generated and stored (0600) at the first call; two callers at once get the same."""
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        write_private(draft, secrets.token_urlsafe(length) + "\n")
        try:
            os.link(draft, path)  # refuses to replace: the first one wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def write_private(path: Path, text: str) -> None:
    """Replace a file by a 0600 one atomically."""
    draft = path.with_name(f".{path.name}.new{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


class Lock:
    """A file lock of the kernel: it goes away with its holder, even on kill -9."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def share(self) -> None:
        """Share it with others; wait for an exclusive holder."""
        fcntl.flock(self.handle, fcntl.LOCK_SH)

    def take(self) -> None:
        """Take it alone; wait until every other holder has gone."""
        fcntl.flock(self.handle, fcntl.LOCK_EX)

    def try_to_take(self, *, seconds: float = 0.0) -> bool:
        """Take it alone if nobody else holds it, after at most `seconds`."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    return False
                time.sleep(0.05)
            else:
                return True

    def release(self) -> None:
        """Release it to others; the lock can be taken again."""
        fcntl.flock(self.handle, fcntl.LOCK_UN)

    def close(self) -> None:
        """Release it for good."""
        os.close(self.handle)
