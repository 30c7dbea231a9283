"""Ask the resolver, without writing."""

import csv
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from requests_app.routing.evidence import Answer, Evidence
from requests_app.routing.resolver import resolve
from requests_app.routing.sentences import describe_outcome
from requests_app.routing.territory import Territory, current

BATCH_COLUMNS = ("address", "insee", "postal_code", "topic")


class Command(BaseCommand):
    help = "Say to which Maison a demand goes, and why; nothing is written."
    requires_system_checks = []  # it only reads: no page needs to be ready

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="", metavar="T")
        parser.add_argument("--insee", default="", metavar="C")
        parser.add_argument("--postal-code", default="", metavar="CP")
        parser.add_argument("--topic", default="", metavar="CODE")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
        parser.add_argument("--batch", type=Path, metavar="FILE.csv", help="one JSON line per row")

    def handle(self, *args: Any, **options: Any) -> None:
        territory = current()
        if options["batch"]:
            for evidence in _rows(options["batch"]):
                self.stdout.write(json.dumps(as_json(resolve(evidence, territory)), ensure_ascii=False))
            return
        answer = resolve(_evidence(options, territory), territory)
        self.stdout.write(
            json.dumps(as_json(answer), ensure_ascii=False) if options["json"] else _as_text(answer)
        )


def as_json(answer: Answer) -> dict[str, Any]:
    """Serialize an answer as product.md promises it to other programs."""
    transfer = answer.transfer
    return {
        "outcome": answer.outcome.value,
        "maison": {"code": answer.maison.code, "name": answer.maison.name} if answer.maison else None,
        "candidates": [{"code": candidate.code, "name": candidate.name} for candidate in answer.candidates],
        "confidence": answer.confidence.value,
        "transfer": {"body": transfer.body, "insee_code": transfer.insee_code or None} if transfer else None,
        "steps": list(answer.steps),
    }


def _evidence(options: dict[str, Any], territory: Territory) -> Evidence:
    topic = options["topic"].strip()
    if not topic:
        raise CommandError(_("Donnez un motif, par exemple --topic fsl-acces-maintien."), returncode=2)
    if topic not in territory.topics:
        raise CommandError(
            _("Le motif « %(topic)s » n’est pas au catalogue.") % {"topic": topic}, returncode=2
        )
    return Evidence(
        address=options["address"],
        insee=options["insee"],
        postal_code=options["postal_code"],
        topic_code=topic,
    )


def _rows(path: Path) -> Iterator[Evidence]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file)
            if not set(BATCH_COLUMNS) & set(lines.fieldnames or []):
                names = {"columns": ", ".join(BATCH_COLUMNS)}
                raise CommandError(_("Le fichier n’a aucune des colonnes %(columns)s.") % names, returncode=2)
            for line in lines:
                address, insee, postal_code, topic = (
                    (line.get(name) or "").strip() for name in BATCH_COLUMNS
                )
                yield Evidence(address=address, insee=insee, postal_code=postal_code, topic_code=topic)
    except (OSError, UnicodeDecodeError, csv.Error):
        raise CommandError(
            _("Le fichier %(path)s ne peut pas être lu.") % {"path": path}, returncode=2
        ) from None


def _as_text(answer: Answer) -> str:
    """Format the same as lines for people."""
    lines = [
        describe_outcome(answer),
        *(f"  {number}. {step}" for number, step in enumerate(answer.steps, start=1)),
    ]
    lines += [f"  - {candidate.code} {candidate.name}" for candidate in answer.candidates]
    return "\n".join(lines)
