"""`manage sweep`: one pass of all that the scheduler does."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.module_loading import import_string

from gru.schedule import SCHEDULE


class Command(BaseCommand):
    """Safe while workers run: each service claims its rows."""

    help = "Passe une fois sur tout ce que fait le planificateur."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at", type=_instant, help="agir comme à cet instant (serveurs embarqués seulement)"
        )

    def handle(self, *args: Any, at: datetime | None = None, **options: Any) -> None:
        if at and not settings.EMBEDDED:
            raise CommandError("--at n’est admis que sur les serveurs embarqués.", returncode=2)
        for entry in SCHEDULE:
            import_string(entry.service)(at=at or timezone.now())
            self.stdout.write(f"{entry.task} : fait")


def _instant(text: str) -> datetime:
    """Parse an ISO instant; without an offset it is read in Europe/Paris."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"« {text} » n’est pas un instant : écrivez 2026-11-23T09:00.", returncode=2)
    return found if timezone.is_aware(found) else timezone.make_aware(found)
