"""`manage doctor`: a table of what works, and an exit code."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from gru.doctor import findings

_BROKEN = 69


class Command(BaseCommand):
    """Exits 69 when a part that the product needs is broken."""

    help = "Vérifie la base, la file, le courriel, les SMS, le géocodeur, le stockage et l’horloge."

    def handle(self, *args: Any, **options: Any) -> None:
        found = findings()
        for finding in found:
            self.stdout.write(f"{finding.part:<18} {finding.state:<14} {finding.detail}")
        if any(finding.is_fatal for finding in found):
            sys.exit(_BROKEN)
