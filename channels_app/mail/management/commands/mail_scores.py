"""`manage mail_scores`: how well we parse real mail."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from channels_app.mail.scores import Result, measure


class Command(BaseCommand):
    help = "Mesure la lecture des courriels réels de GRU_SHARED_DIR/data/mail."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--failures", action="store_true", help="nomme aussi les courriels manqués")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.SHARED_DIR / "data" / "mail"
        if not (folder / "manifest.csv").exists():
            raise CommandError(f"Aucun corpus dans {folder}.", returncode=69)
        results = measure(folder)
        by_check: dict[str, list[Result]] = defaultdict(list)
        for result in results:
            by_check[result.check].append(result)
        for check, found in by_check.items():
            self.stdout.write(_line(check, found))
            for mail_class, of_class in sorted(_group_by_class(found).items()):
                self.stdout.write(_line(f"  {mail_class}", of_class))
            if options["failures"]:
                for result in found:
                    if not result.passed:
                        self.stdout.write(f"    {result.file}")


def _group_by_class(results: Iterable[Result]) -> dict[str, list[Result]]:
    classes: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        classes[result.mail_class].append(result)
    return classes


def _line(name: str, results: list[Result]) -> str:
    passed = sum(result.passed for result in results)
    return f"{name:24} {passed:>4}/{len(results):<4} {100 * passed / len(results):6.2f} %"
