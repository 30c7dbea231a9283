"""`bin/test --clock`: PostgreSQL and every Python of the tests live at another instant, and time goes on."""

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from gru.launcher.bootstrap import ROOT, install_system_package
from gru.launcher.refusal import BAD_ARGUMENTS, LACKING, Refusal

PARIS = ZoneInfo("Europe/Paris")
_YEARS = range(2000, 2100)
_STARTER = ROOT / "tests" / "clock" / "starter"  # its sitecustomize.py moves the clock of each Python
_PACKAGE = "datefudge"  # not libfaketime: under it PostgreSQL never ends a wait for a lock in the future
_USR = Path("/usr")
_LIBRARIES = ("lib/*/datefudge", "lib/datefudge", "lib64/datefudge", "local/lib/datefudge")


@dataclass(frozen=True)
class Clock:
    """How far from now the tests live, in whole seconds: all processes agree on it exactly."""

    offset_s: int
    library: Path

    @property
    def of_python(self) -> dict[str, str]:
        """Return the environment of pytest, which its workers and children inherit."""
        paths = [str(_STARTER), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {"PYTHONPATH": os.pathsep.join(paths), "GRU_TEST_CLOCK": str(self.offset_s)}

    @property
    def of_postgres(self) -> dict[str, str]:
        """Return the environment of the server: its waits stay on the real, monotonic clock."""
        return {"LD_PRELOAD": str(self.library), "DATEFUDGE": f"{-self.offset_s}"}


def clock_at(text: str) -> Clock:
    """Return the clock that starts at an instant, with what it needs on this machine."""
    instant = parse_instant(text)
    if os.environ.get("DATABASE_URL"):
        raise Refusal(
            "L’heure d’une base donnée ne se change pas : retirez DATABASE_URL, puis recommencez.",
            BAD_ARGUMENTS,
        )
    return Clock(int(instant.timestamp() - time.time()), find_library())


def parse_instant(text: str) -> datetime:
    """Parse an ISO 8601 instant, in Paris when it names no offset."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        read = None
    if read is None or read.year not in _YEARS:
        raise Refusal(
            f"« {text} » n’est pas un instant : écrivez-le comme 2028-02-29T12:00, de 2000 à 2099.",
            BAD_ARGUMENTS,
        )
    return (read if read.tzinfo else read.replace(tzinfo=PARIS)).astimezone(UTC)


def find_library(usr: Path = _USR) -> Path:
    """Return the library that shifts a server's clock; install it as root, tell anyone else what to type."""
    found = find_datefudge(usr)
    if found is None:
        install_system_package(_PACKAGE)
        found = find_datefudge(usr)
    if found is None:
        raise Refusal(f"Le paquet {_PACKAGE} n’a pas sa bibliothèque dans {usr} : réinstallez-le.", LACKING)
    return found


def find_datefudge(usr: Path = _USR) -> Path | None:
    """Return the library when it is installed."""
    found = (file for place in _LIBRARIES for file in sorted(usr.glob(f"{place}/datefudge.so")))
    return next(found, None)
