"""Run once more, alone, the few failures of a whole run: this tells a busy machine from a defect.

Nothing passes in silence: a test that needed it is named at the end of the run.
"""

import json
from collections.abc import Callable

from gru.launcher.bootstrap import ROOT
from gru.launcher.lint import Result
from gru.launcher.steps import say

FAILED = ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"
MAX_FAILED = 3  # more cannot be blamed on a busy machine
_TESTS_FAILED = 1  # pytest's exit code


def looked_at_twice(first: Result, run: Callable[[list[str]], Result]) -> Result:
    """Return the result of a whole run, after its few failures were run again one after the other."""
    names = _failed_tests() if first.code == _TESTS_FAILED else []
    if not 0 < len(names) <= MAX_FAILED:
        return first
    say(f"— tests, une seconde fois : {', '.join(names)}")
    second = run(["-q", *names])
    seconds = first.seconds + second.seconds
    if second.code:
        return Result(first.name, first.code, seconds)
    return Result(first.name, 0, seconds, remark=f"la seconde fois seulement : {', '.join(names)}")


def _failed_tests() -> list[str]:
    try:
        return sorted(json.loads(FAILED.read_text()))
    except (FileNotFoundError, json.JSONDecodeError):
        return []
