"""`manage recount`: compare what tickets count by hand with the rows themselves."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from requests_app.tickets.models import Ticket
from requests_app.tickets.services.recounting import HAND_COUNTS, Difference, find_all_differences, fix

SHOWN = 50  # tickets named for each count; beyond, their number is enough


class Command(BaseCommand):
    """Exits 1 while a number is wrong; safe beside the workers."""

    help = "Count again what tickets count by hand (tasks, files) and say the differences."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fix", action="store_true", help="write what is counted")

    def handle(self, *args: Any, **options: Any) -> None:
        found = find_all_differences()
        for line in _lines(found):
            self.stdout.write(line)
        if options["fix"]:
            self.stdout.write(_("Nombres corrigés : %(n)d") % {"n": fix(found)})
        elif found:
            sys.exit(1)


def _lines(found: list[Difference]) -> Iterator[str]:
    """Say how many differ of each count, then the tickets, by their references."""
    for hand_count in HAND_COUNTS:
        of_count = [each for each in found if each.hand_count is hand_count]
        yield _("%(label)s : nombres faux, %(n)d") % {"label": hand_count.label, "n": len(of_count)}
        shown = of_count[:SHOWN]
        references = dict(
            Ticket.objects.filter(pk__in=[each.ticket_id for each in shown]).values_list("pk", "reference")
        )
        for each in shown:
            yield _("  %(reference)s : %(stored)d écrit, %(counted)d compté") % {
                "reference": references.get(each.ticket_id, each.ticket_id),
                "stored": each.stored,
                "counted": each.counted,
            }
