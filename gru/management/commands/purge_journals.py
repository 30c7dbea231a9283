"""`manage purge_journals`: purge the access logs after their retention, as the owner of the database."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gru.roles import as_owner
from requests_app.access.ending import purge_journals


class Command(BaseCommand):
    """Runs once a month, where GRU_OWNER_DATABASE_URL is known: the application may delete no line."""

    help = "Efface les lectures notées depuis plus de GRU_JOURNAL_MONTHS mois."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            count = purge_journals(at=timezone.now())
        self.stdout.write(f"{count} lignes de journal effacées")
