"""Say how long people wait for a first appointment, without writing to the database."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.first_delay.delays import Delay, Delays, TicketDates, measure_delays
from requests_app.first_delay.files import UnreadableRowsError, read_rows
from requests_app.first_delay.segments import Segment

Plain = dict[str, Any]


class Command(BaseCommand):
    help = "Say how long people wait for a first appointment: offered, booked, held, third next available."
    requires_system_checks = []  # it only reads: no page needs to be ready

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from-csv", required=True, type=Path, metavar="FILE.csv", help="compute from rows alone"
        )
        parser.add_argument("--from", dest="first", required=True, type=_day, metavar="DATE")
        parser.add_argument("--to", dest="last", required=True, type=_day, metavar="DATE")
        parser.add_argument("--at", type=_day, metavar="DATE", help="as it was known on that day (today)")
        parser.add_argument("--maison", metavar="CODE")
        parser.add_argument("--type", metavar="CODE")
        times = parser.add_mutually_exclusive_group()
        times.add_argument("--first-time", dest="is_first_time", action="store_const", const=True)
        times.add_argument("--regular", dest="is_first_time", action="store_const", const=False)
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        segment = _segment(options)
        rows = [row for row in _read(options["from_csv"]) if segment.holds(row)]
        delays = measure_delays(rows, at=options["at"] or timezone.localdate())
        self.stdout.write(json.dumps(as_plain(delays)) if options["json"] else _as_text(delays))


def as_plain(delays: Delays) -> dict[str, Plain | None]:
    """Return the delays as other programs read them; nothing is hidden here."""
    return {
        "offered": _plain(delays.offered),
        "third_next": None,
        "booked": _plain(delays.booked),
        "held": _plain(delays.held),
    }


def _plain(delay: Delay) -> Plain:
    return {
        "n": delay.n,
        "waiting": delay.waiting,
        "median_days": delay.median_days,
        "p90_days": delay.p90_days,
        "share_under": delay.share_under,
    }


def _day(text: str) -> date:
    """Read a day as the command line gives it; argparse says which argument is wrong."""
    if len(text) != len("2026-12-31"):
        raise ValueError(text)
    return date.fromisoformat(text)


def _segment(options: dict[str, Any]) -> Segment:
    names = ("first", "last", "maison", "type", "is_first_time")
    segment = Segment(**{name: options[name] for name in names})
    if segment.first > segment.last:
        raise CommandError(_("La période finit avant de commencer."), returncode=2)
    return segment


def _read(file: Path) -> list[TicketDates]:
    try:
        return read_rows(file)
    except UnreadableRowsError as error:
        raise CommandError(_reason(file, error.line), returncode=2) from None


def _reason(file: Path, line: int) -> str:
    if line:
        return _("Ligne %(line)d : cette ligne ne peut pas être lue.") % {"line": line}
    return _("Le fichier %(path)s ne peut pas être lu.") % {"path": file}


def _as_text(delays: Delays) -> str:
    named = ((_("Proposé"), delays.offered), (_("Pris"), delays.booked), (_("Tenu"), delays.held))
    return "\n".join(_line(name, delay) for name, delay in named)


def _line(name: str, delay: Delay) -> str:
    words = _("%(name)s : %(n)d demandes, %(waiting)d attendent ; moitié %(half)s, 9 sur 10 %(nine)s")
    half, nine = (_days(days) for days in (delay.median_days, delay.p90_days))
    return words % {"name": name, "n": delay.n, "waiting": delay.waiting, "half": half, "nine": nine}


def _days(days: int | None) -> str:
    return _("%(n)s j") % {"n": "–" if days is None else days}
