"""Say what a trial did, from files alone; nothing is read from the database or written to it."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from dataclasses import asdict
from math import isfinite
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from requests_app.experiments.effect import Effect, Estimate, measure_effect
from requests_app.experiments.files import UnreadableObservationsError, read_observations
from requests_app.experiments.looks import Look, list_looks
from requests_app.experiments.observations import Observation


class Command(BaseCommand):
    help = "Say what a trial did at its sites: difference in differences, believed by permutation."
    requires_system_checks = []  # it only reads files: no page needs to be ready

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.csv")
        parser.add_argument("--json", action="store_true", help="one JSON object per file on stdout")
        parser.add_argument("--looks", action="store_true", help="also what each period could already say")
        parser.add_argument(
            "--smallest", type=_size, metavar="S", help="the effect that would matter, chosen beforehand"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = [(path, _read(path)) for path in options["files"]]  # all are read before one is answered
        for path, observations in files:
            effect = measure_effect(observations, smallest=options["smallest"])
            looks = list(list_looks(observations, smallest=options["smallest"])) if options["looks"] else None
            self.stdout.write(_as_json(effect, looks) if options["json"] else _as_text(path, effect, looks))


def _size(text: str) -> float:
    try:
        size = float(text)
    except ValueError:
        size = -1.0
    if not (isfinite(size) and size > 0):
        raise ArgumentTypeError(_("donnez un nombre au-dessus de 0"))
    return size


def _read(path: Path) -> list[Observation]:
    try:
        return read_observations(path)
    except UnreadableObservationsError as error:
        raise CommandError(f"{path} : {error}", returncode=2) from None


def _as_json(effect: Effect, looks: Sequence[Look] | None) -> str:
    fields = ("estimate", "low", "high", "p", "sites", "verdict")
    plain: dict[str, Any] = {name: getattr(effect, name) for name in fields}
    if looks is not None:
        plain["looks"] = [asdict(look) for look in looks]
    return json.dumps(plain, ensure_ascii=False)


def _as_text(path: Path, effect: Effect, looks: Sequence[Look] | None) -> str:
    words = _("%(path)s : %(verdict)s ; écart %(estimate)s, de %(low)s à %(high)s ; %(sites)d sites")
    said = [words % {"path": path, "sites": effect.sites, **_cells(effect)}]
    words = _("  %(period)s : %(verdict)s ; écart %(estimate)s, de %(low)s à %(high)s")
    return "\n".join(said + [words % {"period": look.period, **_cells(look)} for look in looks or ()])


def _cells(found: Estimate) -> dict[str, str]:
    numbers = {"estimate": found.estimate, "low": found.low, "high": found.high}
    cells = {name: "–" if number is None else f"{number:.4g}" for name, number in numbers.items()}
    return {"verdict": found.verdict, **cells}
