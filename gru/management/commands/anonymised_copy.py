"""`manage anonymised_copy`: write statistics without persons, to publish or to lend (threats: P06)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.indicators.copies import anonymised_rows, header
from requests_app.lib.spreadsheets import as_csv


class Command(BaseCommand):
    """Each line is a month, a place, a topic and a channel shared by at least five persons."""

    help = "Écrit les chiffres par mois, lieu, motif et canal, sans personne, en CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE.csv", help="sinon, la sortie")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        rows = anonymised_rows(at=timezone.now())
        if not rows:
            self.stderr.write(_("Moins de cinq personnes : rien ne peut être dit."))
        written = as_csv([header(), *rows])
        if file is None:
            self.stdout.write(written.decode("utf-8-sig"))
            return
        try:
            file.write_bytes(written)
        except OSError:
            message = _("Le fichier %(path)s ne peut pas être écrit.") % {"path": file}
            raise CommandError(message, returncode=2) from None
