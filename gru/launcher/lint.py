"""`bin/lint`: style, format, templates, types, floors, dependencies."""

import subprocess
import sys
import time
from dataclasses import dataclass

from gru.launcher.bootstrap import PYTHON, ROOT, VENV
from gru.launcher.steps import say

TEMPLATES = sorted(
    str(path)
    for folder in ("templates", "gru", "requests_app", "channels_app")
    for path in (ROOT / folder).rglob("*.html")
)
CHECKS = (
    ("style", [str(PYTHON), "-m", "ruff", "check", "."]),
    ("format", [str(PYTHON), "-m", "ruff", "format", "--check", "."]),
    ("pages", [str(VENV / "bin" / "djade"), "--target-version", "5.2", "--check", *TEMPLATES]),
    ("types", [str(PYTHON), "-m", "mypy", "."]),
    ("étages", [str(PYTHON), str(VENV / "bin" / "lint-imports"), "--no-logo"]),
    ("paquets", [str(PYTHON), str(VENV / "bin" / "deptry"), "--no-ansi", "."]),
)


@dataclass(frozen=True)
class Result:
    """The outcome of one check."""

    name: str
    code: int
    seconds: float
    remark: str = ""

    def __str__(self) -> str:
        line = f"{self.name:<10} {'réussi' if self.code == 0 else 'ÉCHEC'} ({self.seconds:.0f} s)"
        return f"{line} — {self.remark}" if self.remark else line


def main() -> int:
    """Run every check, whatever the first ones say; 1 when one fails."""
    results = lint()
    return summed_up(results)


def lint() -> list[Result]:
    """Run the checks of `CHECKS`."""
    return [run_timed(name, argv) for name, argv in CHECKS]


def run_timed(name: str, argv: list[str], env: dict[str, str] | None = None) -> Result:
    """Run one check, its output going to ours."""
    say(f"— {name}")
    start = time.monotonic()
    code = subprocess.run(argv, cwd=ROOT, env=env, stdout=sys.stderr).returncode
    return Result(name, code, time.monotonic() - start)


def summed_up(results: list[Result]) -> int:
    """Print one summary on stdout; 0 when all passed."""
    failed = [result.name for result in results if result.code]
    print("\n".join(str(result) for result in results))
    print(f"Échec : {', '.join(failed)}." if failed else "Tout est réussi.", flush=True)
    return 1 if failed else 0
