"""`bin/test`: lint, then every test on throw-away servers; with arguments, pytest only, with them."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from gru.launcher.bootstrap import PYTHON, ROOT, install_system_package
from gru.launcher.home import throwaway_home
from gru.launcher.lint import Result, lint, summed_up, timed
from gru.launcher.refusal import TRY_AGAIN, Refusal
from gru.launcher.servers import Servers
from gru.launcher.steps import Preparation, Stamps, say

_WORKERS = "2"


def main() -> int:
    """Give pytest's exit code with arguments, else 0 when every step passed."""
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, _leave)
    is_ci = os.environ.get("CI") == "true"
    _find_browser(is_ci=is_ci)
    _find_corpora(is_ci=is_ci)
    Preparation(os.environ, Stamps(None)).compile_catalogues()
    asked = sys.argv[1:]
    results = [] if asked else lint()
    with throwaway_servers() as env:
        tests = _pytest(asked or ["-n", _WORKERS, "-q"], env)
    return tests.code if asked else summed_up([*results, tests])


@contextmanager
def throwaway_servers() -> Iterator[dict[str, str]]:
    """An environment whose servers and data are new, fast, and gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="gru-test-"))
    servers = None
    try:
        data = folder / "data"
        (data / "static").mkdir(parents=True)
        servers = Servers(throwaway_home(folder), folder, durable=False)
        servers.start()
        yield {**os.environ, **servers.environment, "GRU_DATA_DIR": str(data)}
    finally:
        if servers:
            servers.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _pytest(words: list[str], env: dict[str, str]) -> Result:
    settings = {"DJANGO_SETTINGS_MODULE": "gru.settings.test"}
    return timed("tests", [str(PYTHON), "-m", "pytest", *words], {**env, **settings})


def _find_browser(*, is_ci: bool) -> None:
    """The browser tests need Debian's chromium; without it they are skipped, and the summary counts them."""
    if shutil.which("chromium"):
        return
    try:
        install_system_package("chromium")
    except Refusal as refusal:
        if is_ci:
            raise
        say(f"{refusal} Les tests du navigateur sont sautés.")


def _find_corpora(*, is_ci: bool) -> None:
    """The real mails and vectors are kept beside the checkout."""
    shared = Path(os.environ.get("GRU_SHARED_DIR") or ROOT.parent / "shared")
    if (shared / "data").is_dir():
        return
    sentence = f"Les corpus sont absents de {shared} : donnez leur dossier avec GRU_SHARED_DIR."
    if is_ci:
        raise Refusal(sentence)
    say(f"{sentence} Leurs tests sont sautés.")


def _leave(*_: object) -> NoReturn:
    raise Refusal("Tests interrompus.", TRY_AGAIN)
