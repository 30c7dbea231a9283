"""Import the communes, Maisons, coverage and topics of a territory."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.routing.importing.changes import Diff
from requests_app.routing.importing.services import WrongFiles, import_territory

SHOWN = 20
"""Names printed per table and kind of change; the count is always whole."""


class Command(BaseCommand):
    help = "Import a territory from CSV files: whole-file checks, then a diff, all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--dry-run", action="store_true", help="show the diff and write nothing")

    def handle(self, *args: Any, folder: Path, dry_run: bool, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(_("%(folder)s n’est pas un dossier.") % {"folder": folder}, returncode=2)
        try:
            diffs = import_territory(folder=folder, on=timezone.localdate(), dry_run=dry_run)
        except WrongFiles as wrong:
            for problem in wrong.problems:
                self.stderr.write(str(problem))
            count = {"count": len(wrong.problems)}
            raise CommandError(_("%(count)d problèmes : rien n’est importé.") % count, returncode=2) from None
        for diff in diffs:
            self._print(diff)
        self.stdout.write(_last_line(diffs, dry_run))

    def _print(self, diff: Diff) -> None:
        counts = {"created": len(diff.created), "changed": len(diff.changed), "closed": len(diff.closed)}
        sentence = _("%(created)d créées, %(changed)d modifiées, %(closed)d fermées") % counts
        self.stdout.write(f"{diff.table} : {sentence}")
        for sign, names in (("+", diff.created), ("~", diff.changed), ("-", diff.closed)):
            for name in names[:SHOWN]:
                self.stdout.write(f"  {sign} {name}")
            if len(names) > SHOWN:
                self.stdout.write(f"  {sign} …")


def _last_line(diffs: list[Diff], dry_run: bool) -> str:
    if all(diff.is_empty for diff in diffs):
        return _("Rien à faire : le territoire est à jour.")
    return _("Essai : rien n’est écrit.") if dry_run else _("Territoire importé.")
