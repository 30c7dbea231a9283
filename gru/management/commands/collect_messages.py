from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.core.management.base import BaseCommand

from gru.messages import ROOT, collect

BEGUN = datetime(2026, 11, 25, tzinfo=UTC)  # a fixed date: a catalogue changes when its sentences do


class Command(BaseCommand):
    help = "Brings a catalogue to the sentences of the code: what is new waits for its translation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language", nargs="?", default="en")

    def handle(self, *args: Any, language: str, **options: Any) -> None:
        file = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
        catalogue = update_catalogue(read(file, language), language)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            write_po(out, catalogue, width=110, sort_output=True, include_lineno=False)
        waiting = sum(1 for message in catalogue if message.id and not message.string)
        self.stdout.write(f"{len(catalogue)} messages, {waiting} to translate")


def read(file: Path, language: str) -> Catalog:
    """Read the existing catalogue; an empty one when there is no file."""
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as source:
        return read_po(source, locale=language)


def update_catalogue(known: Catalog, language: str) -> Catalog:
    """Collect the messages of the code with their known translations; drop those no longer used."""
    catalogue = Catalog(locale=language, project="GRU", version="1", charset="utf-8", fuzzy=False)
    catalogue.header_comment = "# The sentences of GRU; the French one is the key."
    catalogue.creation_date = catalogue.revision_date = BEGUN
    for message, files in collect().items():
        before = known.get(message.id)
        catalogue.add(
            message.id,
            string=before.string if before else None,
            locations=[(file, 0) for file in sorted(files)],
            flags=["python-format"] if "%(" in message.one else [],
        )
    return catalogue
