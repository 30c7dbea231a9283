"""Run the legal clocks on rows of dates, without writing."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from requests_app.lib import french
from requests_app.lib.legal_clock_files import read_clocks
from requests_app.lib.legal_clocks import LegalClock
from requests_app.lib.strict_csv import UnreadableFileError


class Command(BaseCommand):
    help = "Say on which day silence becomes a decision, one answer a row; nothing is written."
    requires_system_checks = []  # it reads a file: no page needs to be ready

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--json", action="store_true", help="one JSON object a line on stdout")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            clocks = read_clocks(file)
        except UnreadableFileError as error:
            raise CommandError(_reason(file, error.line), returncode=2) from None
        for clock in clocks:
            self.stdout.write(json.dumps(as_plain(clock)) if options["json"] else _as_text(clock))


def as_plain(clock: LegalClock) -> dict[str, Any]:
    """Return a result as other programs read it."""
    return {"day": clock.day.isoformat() if clock.day else None, "suspended_days": clock.suspended_days}


def _reason(file: Path, line: int) -> str:
    if line:
        return _("Ligne %(line)d : cette ligne ne peut pas être lue.") % {"line": line}
    return _("Le fichier %(path)s ne peut pas être lu.") % {"path": file}


def _as_text(clock: LegalClock) -> str:
    if clock.day is None:
        return _("Aucune date : il manque un papier.")
    words = {"day": french.full_date(clock.day), "days": clock.suspended_days}
    return _("%(day)s (jours suspendus : %(days)d)") % words
