from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from gru.demo.calendar import PARIS
from gru.demo.seeding import Seeding
from requests_app.catalog.models import Topic
from requests_app.indicators.services import roll


class Command(BaseCommand):
    help = "Ajoute des demandes inventées, comme de vraies arrivées les auraient laissées."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tickets", type=int, required=True)
        parser.add_argument("--days", type=int, default=60)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--until", default="", help="date ou instant ISO ; maintenant par défaut")

    def handle(self, *args: Any, tickets: int, days: int, seed: int, until: str, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError(
                "Les demandes inventées ne vont que sur des serveurs embarqués (bin/serve).", returncode=2
            )
        if tickets < 0 or days < 1:
            raise CommandError("Donnez --tickets positif et --days d’au moins 1.", returncode=2)
        if not Topic.objects.exists():
            raise CommandError(
                "Chargez d’abord le territoire : import_territory requests_app/maisons/data/lyon.",
                returncode=2,
            )
        end = _instant(until)
        Seeding(seed=seed, days=days, until=end, say=lambda n: self._say(n, tickets)).run(tickets)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        roll(at=end, is_whole=True)
        self.stdout.write(f"{tickets} demandes inventées ajoutées.")

    def _say(self, written: int, total: int) -> None:
        self.stderr.write(f"{written} demandes sur {total}…")


def _instant(until: str) -> datetime:
    if not until:
        return timezone.now()
    try:
        if instant := parse_datetime(until):
            return instant if instant.tzinfo else instant.replace(tzinfo=PARIS)
        if day := parse_date(until):
            return datetime.combine(day, datetime.max.time().replace(microsecond=0), PARIS)
    except ValueError:
        pass
    raise CommandError("Écrivez --until comme 2026-11-22.", returncode=2)
