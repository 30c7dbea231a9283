import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.reminders.models import ReminderRule

FILE = Path(__file__).resolve().parents[2] / "data" / "rules.toml"


class Command(BaseCommand):
    help = "Load the reminder rules that the product ships, when there is none yet."

    @transaction.atomic
    def handle(self, **_options: Any) -> None:
        if ReminderRule.objects.exists():
            return
        shipped = tomllib.loads(FILE.read_text(encoding="utf-8"))["rule"]
        ReminderRule.objects.bulk_create(ReminderRule(**each) for each in shipped)
        self.stdout.write(_("%(n)s règles de rappel chargées.") % {"n": len(shipped)})
