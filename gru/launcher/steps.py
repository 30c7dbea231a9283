"""What must be done before the product runs, each step once as long as its sources do not change."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from gru.launcher.bootstrap import PYTHON, ROOT
from gru.launcher.commands import Step
from gru.launcher.folder import write_private
from gru.launcher.refusal import TRY_AGAIN, Refusal, disk_is_full
from gru.launcher.spawn import spawn, tail


class Stamps:
    """Remembers the checksum of each step's sources when it was last done; in memory without a file."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        try:
            self.done: dict[str, str] = json.loads(file.read_text()) if file else {}
        except (FileNotFoundError, json.JSONDecodeError):
            self.done = {}

    def add(self, name: str, mark: str) -> None:
        """Note that a step is done."""
        self.done[name] = mark
        if self.file:
            write_private(self.file, json.dumps(self.done, indent=1))


class Preparation:
    """Runs steps in the project's environment."""

    def __init__(self, env: Mapping[str, str], stamps: Stamps) -> None:
        self.env, self.stamps = env, stamps

    def run_once(self, step: Step, mark: str = "done") -> None:
        """Run a step unless its sources are the same as last time."""
        if self.stamps.done.get(step.name) == mark:
            return
        say(step.sentence)
        self._run([PYTHON, "manage.py", *step.argv], step.sentence)
        self.stamps.add(step.name, mark)

    def compile_catalogues(self) -> None:
        """Compile the translations whose source is newer than the compiled file."""
        for source in (ROOT / "locale").glob("*/LC_MESSAGES/django.po"):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                locale = source.parent.parent.name
                words = ["compile", "-l", locale, "-i", str(source), "-o", str(compiled)]
                self._run([PYTHON, "-m", "babel.messages.frontend", *words], "Compilation des traductions…")

    def _run(self, argv: list[str | Path], sentence: str) -> None:
        child = spawn(argv, env=self.env, output=subprocess.PIPE, cwd=ROOT)
        try:
            said = child.communicate()[0].decode(errors="replace")
        except BaseException:
            child.kill()
            child.wait()
            raise
        if child.returncode == 0:
            return
        folder = Path(self.env.get("GRU_DATA_DIR", ROOT))
        if "No space left on device" in said + tail(folder / "log" / "postgres.log"):
            raise disk_is_full(folder)
        sys.stderr.write("".join(said.splitlines(keepends=True)[-25:]))
        raise Refusal(f"« {sentence} » a échoué : lisez les lignes ci-dessus, puis recommencez.", TRY_AGAIN)


def sum_of(paths: Iterable[Path]) -> str:
    """Compute one checksum of the names and contents of many files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def sum_of_migrations() -> str:
    """Compute a checksum that changes with a migration, a dependency or the application's rights."""
    rooms = (ROOT / "gru", ROOT / "requests_app", ROOT / "channels_app")
    migrations = (file for room in rooms for file in room.rglob("migrations/*.py"))
    return sum_of([*migrations, ROOT / "gru" / "roles.py", ROOT / "requirements.lock"])


def sum_of_territory() -> str:
    """Compute a checksum that changes with a file of the shipped territory or the code that imports it."""
    rooms = (ROOT / "requests_app" / "maisons" / "data" / "lyon", ROOT / "requests_app" / "routing")
    return sum_of(
        file for room in rooms for file in room.rglob("*.*") if file.suffix in {".csv", ".geojson", ".py"}
    )


def sum_of_static(target: Path) -> str:
    """Compute a checksum that changes with a style sheet, a script, a dependency or the collected files."""
    files = (file for file in (ROOT / "static").rglob("*") if file.is_file())
    return f"{sum_of([*files, ROOT / 'requirements.lock'])} {target.is_dir()}"


def say(sentence: str) -> None:
    """Announce the current step on stderr; results go to stdout."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
