"""`bin/test`: lint, then every test on throwaway servers; with arguments, pytest only, with them."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NoReturn

from gru.launcher.account import ENVIRONMENT
from gru.launcher.bootstrap import PYTHON, ROOT, install_system_package
from gru.launcher.clock import Clock, clock_at
from gru.launcher.home import throwaway_home
from gru.launcher.lint import Result, lint, run_timed, summed_up
from gru.launcher.refusal import BAD_ARGUMENTS, TRY_AGAIN, Refusal
from gru.launcher.second_look import looked_at_twice
from gru.launcher.servers import Servers
from gru.launcher.steps import Preparation, Stamps, say

_WORKERS = "2"


def main() -> int:
    """Return pytest's exit code with arguments, else 0 when every step passed."""
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, _leave)
    clock, asked = parse(sys.argv[1:])
    is_ci = os.environ.get("CI") == "true"
    _find_browser(is_ci=is_ci)
    _find_corpora(is_ci=is_ci)
    Preparation(os.environ, Stamps(None)).compile_catalogues()
    is_whole = not asked and clock is None
    results = lint() if is_whole else []
    with throwaway_servers(clock) as env:
        tests = _pytest(asked or ["-n", _WORKERS, "--dist", "worksteal", "-q", "--cache-clear"], env)
        if is_whole:
            tests = looked_at_twice(tests, partial(_pytest, env=env))
    return summed_up([*results, tests]) if is_whole else tests.code


def parse(argv: list[str]) -> tuple[Clock | None, list[str]]:
    """Take our one option out of the arguments; all others are pytest's."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--clock", metavar="INSTANT")
    try:
        options, asked = parser.parse_known_args(argv)
    except argparse.ArgumentError:
        raise Refusal("Donnez un instant à --clock, comme 2028-02-29T12:00.", BAD_ARGUMENTS) from None
    return None if options.clock is None else clock_at(options.clock), asked


@contextmanager
def throwaway_servers(clock: Clock | None = None) -> Iterator[dict[str, str]]:
    """Yield an environment whose servers and data are new, fast, and gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="gru-test-"))
    servers = None
    try:
        data = folder / "data"
        (data / "static").mkdir(parents=True)
        env = {**ENVIRONMENT, **clock.of_postgres} if clock else ENVIRONMENT
        servers = Servers(throwaway_home(folder), folder, durable=False, database_env=env)
        servers.start()
        ours = clock.of_python if clock else {}
        yield {**os.environ, **servers.environment, "GRU_DATA_DIR": str(data), **ours}
    finally:
        if servers:
            servers.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _pytest(words: list[str], env: dict[str, str]) -> Result:
    settings = {"DJANGO_SETTINGS_MODULE": "gru.settings.test"}
    return run_timed("tests", [str(PYTHON), "-m", "pytest", *words], {**env, **settings})


def _find_browser(*, is_ci: bool) -> None:
    """Find Debian's chromium; without it browser tests are skipped, and the summary counts them."""
    if shutil.which("chromium"):
        return
    try:
        install_system_package("chromium")
    except Refusal as refusal:
        if is_ci:
            raise
        say(f"{refusal} Les tests du navigateur sont sautés.")


def _find_corpora(*, is_ci: bool) -> None:
    """Find the real mails and vectors, stored beside the checkout."""
    shared = Path(os.environ.get("GRU_SHARED_DIR") or ROOT.parent / "shared")
    if (shared / "data").is_dir():
        return
    sentence = f"Les corpus sont absents de {shared} : donnez leur dossier avec GRU_SHARED_DIR."
    if is_ci:
        raise Refusal(sentence)
    say(f"{sentence} Leurs tests sont sautés.")


def _leave(*_: object) -> NoReturn:
    raise Refusal("Tests interrompus.", TRY_AGAIN)
