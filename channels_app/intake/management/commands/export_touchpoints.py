"""Write what became of everything received by one channel, for other programs."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from channels_app.intake.exporting import export
from requests_app.channels.registry import keys


class Command(BaseCommand):
    help = "Writes what became of everything received, one object per arrival."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--channel", choices=keys(), required=True)
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        separator = "[\n"
        for arrival in export(options["channel"]):
            self.stdout.write(separator + json.dumps(arrival, ensure_ascii=False), ending="")
            separator = ",\n"
        self.stdout.write("\n]" if separator != "[\n" else "[]")
