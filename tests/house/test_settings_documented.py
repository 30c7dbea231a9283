"""One name, one line: docs/settings.md lists every variable that the code reads, and no other."""

import re
from pathlib import Path

from gru.launcher.bootstrap import ROOT

RAW = re.compile(r"\bos\.environ\.get\(|\bos\.environ\[|\bgetenv\(")
# What runs without Django, or for the tests of faults alone.
MAY_READ_RAW = ("gru/launcher/", "bin/mail-in", "requests_app/lib/failpoints.py")
READ = re.compile(
    r"""(?:environ(?:\.get\(|\.setdefault\(|\[)|getenv\(|\benv\.\w+\()\s*["']((?:GRU_\w+|DATABASE_URL|REDIS_URL|FAILPOINT|CI))["']"""
)
PAGE = (ROOT / "docs" / "settings.md").read_text()


def sources() -> list[Path]:
    files = [ROOT / "manage.py", *(ROOT / "bin").iterdir()]
    for room in ("gru", "requests_app", "channels_app"):
        files += (ROOT / room).rglob("*.py")
    return [file for file in files if file.is_file()]


def test_every_variable_of_the_code_has_its_line():
    read = {name for file in sources() for name in READ.findall(file.read_text())}
    assert "GRU_PUBLIC_URL" in read
    assert not {name for name in read if f"| `{name}` |" not in PAGE}


def test_every_line_is_a_variable_of_the_code():
    code = "".join(file.read_text() for file in sources())
    listed = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert not [name for name in listed if f'"{name}"' not in code]


def test_settings_are_read_through_the_typed_readers():
    """A wrong value is then refused in one sentence, before anything starts."""
    files = [file for file in sources() if "tests" not in file.parts]
    found = [str(file.relative_to(ROOT)) for file in files if RAW.search(file.read_text())]
    assert not [name for name in found if not name.startswith(MAY_READ_RAW)]
    assert found
