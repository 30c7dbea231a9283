"""Show what « Qui ? » understands to other programs."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.who import who_as_plain


class Command(BaseCommand):
    help = "Show whom the field “Qui ?” understands, or why it refuses."
    requires_system_checks = []  # it reads: no page needs to be ready

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", metavar="TEXT")
        parser.add_argument("--json", action="store_true", help="one JSON object on one line")

    def handle(self, *args: Any, text: str, **options: Any) -> None:
        read = who_as_plain(text, today=timezone.localdate(timezone=PARIS))
        indent = None if options["json"] else 2
        self.stdout.write(json.dumps(read, ensure_ascii=False, indent=indent))
