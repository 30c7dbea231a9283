"""Import a territory: all or nothing."""

from datetime import date
from pathlib import Path

from django.db import transaction

from requests_app.routing.importing.changes import Diff, write
from requests_app.routing.importing.checks import check
from requests_app.routing.importing.files import Problem, read_folder


class WrongFiles(Exception):
    """The files hold errors; `problems` lists them all, and nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def import_territory(*, folder: Path, on: date, dry_run: bool = False) -> list[Diff]:
    """Check the files of a folder, then write what differs; a Maison that is gone is closed at `on`.

    Raises WrongFiles. With `dry_run` the same differences are found, then rolled back.
    """
    territory = read_folder(folder)
    problems = [*territory.problems, *check(territory)]
    if problems:
        raise WrongFiles(sorted(problems, key=lambda p: (p.file, p.line, p.column)))
    with transaction.atomic():
        diffs = write(territory, on=on)
        transaction.set_rollback(dry_run)
    return diffs
