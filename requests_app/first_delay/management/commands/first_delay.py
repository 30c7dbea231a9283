"""Say how long people wait for a first appointment, without writing to the database."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.delays import Delay, Delays, TicketDates, measure_delays
from requests_app.first_delay.files import read_rows, write_rows
from requests_app.first_delay.segments import Segment
from requests_app.first_delay.selectors.rows import rows_of
from requests_app.first_delay.selectors.third_next import measure_third_next
from requests_app.lib.strict_csv import UnreadableFileError
from requests_app.maisons.models import Maison

Plain = dict[str, Any]


class Command(BaseCommand):
    help = "Say how long people wait for a first appointment: offered, booked, held, third next available."
    requires_system_checks = []  # it only reads: no page needs to be ready

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from-csv", type=Path, metavar="FILE.csv", help="compute from rows alone")
        parser.add_argument("--rows", type=Path, metavar="FILE.csv", help="write the rows to a file")
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
        segment, file = _segment(options), options["from_csv"]
        at = options["at"] or timezone.localdate()
        if not file:
            _require_known(segment)
        found = _read(file) if file else rows_of(segment.first, segment.last)
        rows = [row for row in found if segment.holds(row)]
        if options["rows"]:
            _write(options["rows"], rows)
        delays = measure_delays(rows, at=at)
        third_next = None if file else measure_third_next(segment, at=at)
        said = json.dumps(as_plain(delays, third_next)) if options["json"] else _as_text(delays, third_next)
        self.stdout.write(said)


def as_plain(delays: Delays, third_next: Delay | None) -> dict[str, Plain | None]:
    """Return the delays as other programs read them; nothing is hidden here."""
    return {
        "offered": _plain(delays.offered),
        "third_next": _plain(third_next) if third_next else None,
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


def _require_known(segment: Segment) -> None:
    """Refuse a code that is none of ours: it would look like a place where nobody waits."""
    if segment.maison is not None and not Maison.objects.filter(code=segment.maison).exists():
        raise CommandError(_("Le lieu « %(code)s » est inconnu.") % {"code": segment.maison}, returncode=2)
    if segment.type is not None and not AppointmentType.objects.filter(code=segment.type).exists():
        words = _("Le type de rendez-vous « %(code)s » est inconnu.") % {"code": segment.type}
        raise CommandError(words, returncode=2)


def _write(file: Path, rows: list[TicketDates]) -> None:
    try:
        write_rows(file, rows)
    except OSError:
        raise CommandError(
            _("Le fichier %(path)s ne peut pas être écrit.") % {"path": file}, returncode=2
        ) from None


def _read(file: Path) -> list[TicketDates]:
    try:
        return read_rows(file)
    except UnreadableFileError as error:
        raise CommandError(_reason(file, error.line), returncode=2) from None


def _reason(file: Path, line: int) -> str:
    if line:
        return _("Ligne %(line)d : cette ligne ne peut pas être lue.") % {"line": line}
    return _("Le fichier %(path)s ne peut pas être lu.") % {"path": file}


def _as_text(delays: Delays, third_next: Delay | None) -> str:
    named = [(_("Proposé"), delays.offered), (_("Pris"), delays.booked), (_("Tenu"), delays.held)]
    if third_next:
        named.append((_("Troisième créneau libre"), third_next))
    return "\n".join(_line(name, delay) for name, delay in named)


def _line(name: str, delay: Delay) -> str:
    words = _("%(name)s : %(n)d en tout, %(waiting)d en attente ; moitié %(half)s, 9 sur 10 %(nine)s")
    half, nine = (_days(days) for days in (delay.median_days, delay.p90_days))
    return words % {"name": name, "n": delay.n, "waiting": delay.waiting, "half": half, "nine": nine}


def _days(days: int | None) -> str:
    return _("%(n)s j") % {"n": "–" if days is None else days}
