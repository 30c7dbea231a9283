"""The file that is given for the label Services Publics+: a quarter's indicators and what was improved."""

import zipfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from requests_app.publication.quarters import Quarter
from requests_app.publication.selectors import published_quarters
from requests_app.www.public.label_pieces import list_pieces


class Command(BaseCommand):
    help = "Write the file for the label Services Publics+ from a published quarter, by default the last one."
    requires_system_checks = []  # no page needs to be ready

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quarter", metavar="2026-T3")
        parser.add_argument("--output", metavar="FILE.zip", type=Path, required=True)

    def handle(self, *args: Any, output: Path, **options: Any) -> None:
        quarter = _read_quarter(options["quarter"])
        try:
            with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as file:
                for name, content in list_pieces(quarter):
                    file.writestr(name, content)
        except OSError as error:
            raise CommandError(
                _("Le fichier ne peut pas être écrit : %(why)s") % {"why": error.strerror}
            ) from None
        self.stdout.write(_("%(quarter)s : écrit dans %(file)s.") % {"quarter": quarter.code, "file": output})


def _read_quarter(text: str | None) -> Quarter:
    published = published_quarters()
    if not published:
        raise CommandError(_("Aucun trimestre n’est publié : « manage publish_indicators » d’abord."))
    if text is None:
        return published[0]
    quarter = Quarter.read(text)
    if quarter is None:
        raise CommandError(_("Écrivez le trimestre comme 2026-T3."))
    if quarter not in published:
        raise CommandError(_("%(quarter)s n’est pas publié.") % {"quarter": quarter.code})
    return quarter
