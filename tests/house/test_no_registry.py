"""No file names a registry, this machine's folders, or holds an address in a lock."""

import re
import subprocess

import pytest

from gru.launcher.bootstrap import ROOT

# written in pieces, so that this file does not find itself
REGISTRIES = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "--index" + "-url",
    "extra-index" + "-url",
]
HERE = re.compile(r"(?<![\w.-])/(root|home/\w+)/")
MAX_BYTES = 2_000_000


def tracked() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("this tree is no checkout: git lists its files")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name]


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for name in tracked():
        path = ROOT / name
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if pattern.search(line.replace("--no-emit-index" + "-url", "")):
                found.append(f"{name}:{number}: {line.strip()[:120]}")
    return found


def test_no_file_names_a_registry():
    assert lines_with(re.compile("|".join(map(re.escape, REGISTRIES)))) == []


def test_no_file_names_a_folder_of_this_machine():
    folder = "" if len(ROOT.parts) < 3 else f"|{re.escape(str(ROOT))}(?![\\w-])"
    assert lines_with(re.compile(HERE.pattern + folder)) == []


def test_no_lock_file_of_another_tool_is_kept():
    assert not {"uv.lock", "pylock.toml", "package-lock.json", "poetry.lock"} & set(tracked())
