import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.appointments.models import AppointmentType

FILE = Path(__file__).resolve().parents[2] / "data" / "types.toml"


class Command(BaseCommand):
    help = "Load the sorts of appointment that the product ships, when there is none yet."

    @transaction.atomic
    def handle(self, **_options: Any) -> None:
        if AppointmentType.objects.exists():
            return
        shipped = tomllib.loads(FILE.read_text(encoding="utf-8"))["type"]
        AppointmentType.objects.bulk_create(AppointmentType(**each) for each in shipped)
        self.stdout.write(_("%(n)s sortes de rendez-vous chargées.") % {"n": len(shipped)})
