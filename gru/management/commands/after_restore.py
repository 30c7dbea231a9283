"""`manage after_restore`: after a backup was restored, read again what the providers still have (F12)."""

import json
import time
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.db.models import QuerySet
from django.utils import timezone

from channels_app.intake.models import Arrival
from channels_app.mail import imap
from channels_app.sms import polling
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Attachment

State = Outgoing.State
PASSES = 20  # a mailbox hands over its mails in batches


class Command(BaseCommand):
    """May run twice; safe while workers run, better before they start."""

    help = "Après une sauvegarde remise en place : relit les opérateurs, liste ce qui manque."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days", type=int, default=7, help="jours de fichiers à vérifier avant la sauvegarde (7)"
        )

    def handle(self, *args: Any, days: int = 7, **options: Any) -> None:
        now, began = timezone.now(), time.monotonic()
        last = Arrival.objects.order_by("-received_at").values_list("received_at", flat=True).first()
        doubted = doubt_what_waits()
        found = {"sms": polling.poll(at=now), "mail": _read_boxes(now)}
        missing = sorted(_missing_files((last or now) - timedelta(days=days)))
        report = {
            "last_arrival_before": last.isoformat() if last else None,
            "taken_in": found,
            "to_ask_before_sending": doubted,
            "files_missing": missing,
            "seconds": round(time.monotonic() - began, 1),
        }
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))


def doubt_what_waits() -> int:
    """Mark what waited in the backup as doubtful: the provider is asked before it leaves again."""
    waiting: QuerySet[Outgoing] = Outgoing.objects.filter(state=State.QUEUED, attempts=0)
    return waiting.update(attempts=1)


def _read_boxes(at: datetime) -> int:
    taken = 0
    for _pass in range(PASSES):
        more = imap.poll(at=at)
        taken += more
        if not more:
            break
    return taken


def _missing_files(since: datetime) -> set[str]:
    """Return the references of tickets that name a file missing from the storage."""
    recent = Attachment.objects.filter(touchpoint__recorded_at__gte=since).exclude(file="")
    named = recent.values_list("touchpoint__ticket__reference", "file")
    return {reference for reference, name in named.iterator() if not default_storage.exists(name)}
