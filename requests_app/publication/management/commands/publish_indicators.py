"""Publish a quarter's indicators, and those of the quarters before it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.publication.quarters import Quarter, quarter_of
from requests_app.publication.services import publish_quarter


class Command(BaseCommand):
    help = "Publish the indicators of a quarter that is over, once; by default the last one."
    requires_system_checks = []  # no page needs to be ready

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quarter", metavar="2026-T3", help="the last one to publish")
        parser.add_argument("--count", type=int, default=1, metavar="N", help="with the N - 1 before it")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        last = (
            _quarter(options["quarter"]) if options["quarter"] else quarter_of(timezone.localdate()).go_back()
        )
        for back in reversed(range(max(options["count"], 1))):
            quarter = last.go_back(back)
            if publish_quarter(quarter, at=now) is None:
                raise CommandError(_("%(quarter)s n’est pas terminé.") % {"quarter": quarter.code})
            self.stdout.write(_("%(quarter)s : publié.") % {"quarter": quarter.code})


def _quarter(text: str) -> Quarter:
    found = Quarter.read(text)
    if found is None:
        raise CommandError(_("Écrivez le trimestre comme 2026-T3."))
    return found
