import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from channels_app.intake.services import reconcile


class Command(BaseCommand):
    help = "Says what became of everything received; exit 1 on a gap or a pending older than 10 minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        balance = reconcile(at=timezone.now())
        self.stdout.write(json.dumps(asdict(balance)))
        if not balance.is_right:
            raise SystemExit(1)
