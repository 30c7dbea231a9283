"""`manage load_agenda`: openings, absences, closures and appointments from a file, in place of all others."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils import timezone

from gru.demo.agenda.fields import BadAgenda
from gru.demo.agenda.reading import Agenda, read_agenda
from gru.demo.agenda.writing import replace_agenda


class Command(BaseCommand):
    help = "Remplace l’agenda par celui d’un fichier JSON (serveurs embarqués seulement)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER.json")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError(
                "Un agenda ne se charge que sur des serveurs embarqués (bin/serve).", returncode=2
            )
        try:
            agenda = _read(file)
            replace_agenda(agenda, at=timezone.now())
        except BadAgenda as error:
            raise CommandError(str(error), returncode=2) from None
        except IntegrityError:
            raise CommandError("Deux rendez-vous du fichier se chevauchent.", returncode=2) from None
        self.stdout.write(
            f"Agenda chargé : {len(agenda.agents)} agents, {len(agenda.appointments)} rendez-vous."
        )


def _read(file: Path) -> Agenda:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        raise BadAgenda(f"« {file} » ne peut pas être lu.") from None
    except (ValueError, RecursionError):
        raise BadAgenda(f"« {file} » n’est pas du JSON.") from None
    return read_agenda(data)
