"""Show one ticket to other programs."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.answers.plain import find_ticket, ticket_as_plain
from requests_app.tickets.references import normalise


class Command(BaseCommand):
    help = "Show what an agent with every right would know of a ticket."
    requires_system_checks = []  # it reads: no page needs to be ready

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", metavar="REFERENCE")
        parser.add_argument("--json", action="store_true", help="one JSON object on one line")

    def handle(self, *args: Any, reference: str, **options: Any) -> None:
        ticket = find_ticket(normalise(reference))
        if ticket is None:
            raise CommandError(_("Aucune demande ne porte ce numéro."), returncode=2)
        shown = ticket_as_plain(ticket, on=timezone.localdate())
        indent = None if options["json"] else 2
        self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=indent))
