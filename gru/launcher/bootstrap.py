"""Build `.venv` from a lock file, and run a launcher module in it. Standard library only.

One environment serves every command: the larger locks contain the pins of the smaller ones (a test checks
it), so `bin/test` only adds to what `bin/serve` uses. A mark per lock in `.venv/locks` tells what is
installed.
"""

import fcntl
import hashlib
import importlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from gru.launcher.refusal import TRY_AGAIN, Refusal, disk_is_full, run_and_exit

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def run(module: str, *, lock: str) -> NoReturn:
    """Run `module.main()` in the environment of `lock`, built or refreshed when needed."""

    def main() -> int:
        ensure(lock)
        if not os.path.samefile(sys.prefix, VENV):
            script = str(Path(sys.argv[0]).resolve())
            os.execv(PYTHON, [str(PYTHON), script, *sys.argv[1:]])  # noqa: S606
        return int(importlib.import_module(module).main())

    run_and_exit(main)


def ensure(lock: str, *, venv: Path = VENV) -> None:
    """Install `lock` in `venv` unless its mark says that it is there."""
    source, mark = ROOT / lock, venv / "locks" / lock
    if _is_installed(source, mark, venv):
        return
    with _alone(ROOT):
        if _is_installed(source, mark, venv):
            return
        _create(venv)
        _say("Installation des dépendances de Python…")
        _install(venv, source)
        mark.parent.mkdir(exist_ok=True)
        mark.write_text(_mark_of(source, venv))


def _is_installed(source: Path, mark: Path, venv: Path) -> bool:
    try:
        return mark.read_text() == _mark_of(source, venv)
    except OSError:
        return False


def _mark_of(source: Path, venv: Path) -> str:
    """Return the lock's checksum and the interpreter: a system upgrade that changes Python rebuilds."""
    return f"{hashlib.sha256(source.read_bytes()).hexdigest()} {(venv / 'bin' / 'python').resolve()}\n"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Lock the folder: two commands started together must not install over each other."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _create(venv: Path) -> None:
    if _works(venv):
        return
    if importlib.util.find_spec("ensurepip") is None:
        install_system_package("python3-venv")
    _say("Création de l’environnement Python (.venv)…")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(venv)], capture_output=True, text=True
    )
    if made.returncode:
        _fail(made.stdout + made.stderr, "L’environnement Python (.venv) n’a pas pu être créé")


def _works(venv: Path) -> bool:
    try:
        asked = subprocess.run([str(venv / "bin" / "python"), "-m", "pip", "--version"], capture_output=True)
    except OSError:
        return False
    return asked.returncode == 0


def install_system_package(name: str) -> None:
    """Install as root what Debian leaves out; tell anyone else what to type."""
    if os.geteuid() != 0:
        raise Refusal(
            f"Il manque le paquet {name} : faites « apt-get install {name} » en root, puis recommencez."
        )
    _say(f"Installation du paquet {name}…")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", name]):
        try:
            done = subprocess.run(["apt-get", "-q", *words], env=quiet, capture_output=True, text=True)
        except FileNotFoundError:
            raise Refusal(f"Il manque le paquet {name} : installez-le, puis recommencez.") from None
    if done.returncode:
        _fail(done.stdout + done.stderr, f"Le paquet {name} n’a pas pu être installé")


def _install(venv: Path, source: Path) -> None:
    pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip += ["--no-input", "--require-hashes", "--only-binary", ":all:", "-r", str(source)]
    done = subprocess.run(pip, capture_output=True, text=True)
    if done.returncode:
        _fail(done.stdout + done.stderr, "Les dépendances de Python n’ont pas pu être installées")


def _fail(output: str, what: str) -> NoReturn:
    if "No space left on device" in output or "Errno 28" in output:
        raise disk_is_full(VENV)
    sys.stderr.write("".join(output.splitlines(keepends=True)[-15:]))
    raise Refusal(f"{what} : vérifiez le réseau et les lignes ci-dessus, puis recommencez.", TRY_AGAIN)


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
