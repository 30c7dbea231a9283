"""Where the embedded servers keep their files: in the data folder, or below /var/lib for root."""

import hashlib
import os
import secrets
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from gru.launcher.account import ROOT_BASE, Account, servers_account
from gru.launcher.refusal import Refusal

_MAX_SOCKET_FOLDER = 80  # a socket's whole path holds 108 bytes


@dataclass(frozen=True)
class Home:
    """The servers' own folders and the account that owns them."""

    path: Path
    sockets: Path
    account: Account

    @property
    def stamps(self) -> Path:
        """Return the record of what was done to this database: it goes where the database goes."""
        return self.path / "steps.json"


def home_of(data: Path) -> Home:
    """Create the servers' folders of a data folder.

    Root's servers run as `nobody`, who cannot enter a private home: their files are in /var/lib/gru-dev,
    under a name derived from the data folder's path, so that two data folders never share a database.
    """
    account, tag = servers_account(), hashlib.sha256(str(data).encode()).hexdigest()[:10]
    path = ROOT_BASE / tag if account.popen else data / "servers"
    if account.popen:
        _follow(data, path)
    sockets = path / "run"
    if len(str(sockets)) > _MAX_SOCKET_FOLDER:
        sockets = Path(tempfile.gettempdir(), f"gru-{account.uid}-{tag}")
    path.mkdir(parents=True, exist_ok=True, mode=0o755)
    home = Home(path, sockets, account)
    for folder in (path / "pg", path / "valkey", sockets):
        _make_private(folder, account)
    return home


def throwaway_home(folder: Path) -> Home:
    """Create folders for throwaway servers of tests."""
    home = Home(folder, folder / "run", servers_account())
    folder.chmod(0o711)
    for name in ("pg", "valkey", "run"):
        _make_private(folder / name, home.account)
    return home


def _make_private(folder: Path, account: Account) -> None:
    folder.mkdir(exist_ok=True, mode=0o700)
    if account.popen and folder.stat().st_uid == os.geteuid():
        os.chown(folder, account.uid, account.gid)
    status = folder.stat(follow_symlinks=False)
    if status.st_uid != account.uid or status.st_mode & 0o077:
        raise Refusal(f"Le dossier {folder} appartient à un autre compte ou lui est ouvert : retirez-le.")


def _follow(data: Path, path: Path) -> None:
    """Keep the two places together: a recreated data folder must not find the database of the former one."""
    mine, theirs = data / "servers", path / "data_folder"
    if not mine.exists():
        mine.write_text(f"{secrets.token_hex(8)}\n{path}\n")
    said = mine.read_text()
    if path.exists() and (not theirs.exists() or theirs.read_text() != said):
        path.rename(path.with_name(f"{path.name}.{time.strftime('%Y%m%d-%H%M%S')}"))
    path.mkdir(parents=True, exist_ok=True, mode=0o755)
    theirs.write_text(said)
