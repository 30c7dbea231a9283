import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.answers.models import AnswerModel

FILE = Path(__file__).resolve().parents[2] / "data" / "models.toml"


class Command(BaseCommand):
    help = "Load the answer models that the product ships, when there is none yet."

    @transaction.atomic
    def handle(self, **_options: Any) -> None:
        if AnswerModel.objects.exists():
            return
        now = timezone.now()
        shipped = tomllib.loads(FILE.read_text(encoding="utf-8"))["model"]
        models = [AnswerModel(name=m["name"], text=m["text"].strip(), updated_at=now) for m in shipped]
        AnswerModel.objects.bulk_create(models)
        self.stdout.write(_("%(n)s modèles de réponse chargés.") % {"n": len(models)})
