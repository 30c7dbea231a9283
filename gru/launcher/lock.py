"""`bin/lock`: turn pyproject.toml into the three lock files, with hashes and without any address.

Only `bin/lock` needs uv; it lives in an environment of its own, `.venv-lock`.
"""

import os
import subprocess
import sys

from gru.launcher.bootstrap import ROOT, VENV
from gru.launcher.refusal import TRY_AGAIN, Refusal
from gru.launcher.steps import say

_HOME = VENV.with_name(".venv-lock")
_COMMON = ["--universal", "--generate-hashes", "--no-emit-index-url", "--python-version", "3.11", "--quiet"]
_COMMON += ["--custom-compile-command", "bin/lock"]
LOCKS: tuple[tuple[str, list[str]], ...] = (
    ("requirements.lock", []),
    ("requirements-demo.lock", ["--extra", "demo", "-c", "requirements.lock"]),
    ("requirements-dev.lock", ["--extra", "demo", "--group", "dev", "-c", "requirements-demo.lock"]),
)


def main() -> int:
    """Write the locks; each one is bound by the pins of the one before. Options go to uv (`--upgrade`)."""
    _install_uv()
    for file, options in LOCKS:
        say(f"— {file}")
        words = ["pip", "compile", "pyproject.toml", "--output-file", file, *_COMMON, *options, *sys.argv[1:]]
        _run([str(_HOME / "bin" / "uv"), *words])
    return 0


def _install_uv() -> None:
    if (_HOME / "bin" / "uv").exists():
        return
    _run([sys.executable, "-m", "venv", str(_HOME)])
    _run([str(_HOME / "bin" / "pip"), "install", "--quiet", "--only-binary", ":all:", "uv"])


def _run(argv: list[str]) -> None:
    if subprocess.run(argv, cwd=ROOT, env=_environment()).returncode:
        raise Refusal("Le verrouillage a échoué : lisez les lignes ci-dessus, puis recommencez.", TRY_AGAIN)


def _environment() -> dict[str, str]:
    """Pass pip's index to uv, which does not read pip's configuration, for this run only."""
    asked = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    index = subprocess.run(asked, capture_output=True, text=True).stdout.strip() or os.environ.get(
        "PIP_INDEX_URL"
    )
    return {**os.environ, **({"UV_DEFAULT_INDEX": index} if index else {})}
