"""List the free slots, without writing."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.appointments.models import AppointmentType
from requests_app.maisons.models import Maison
from requests_app.slots.computing.grid import Slot
from requests_app.slots.computing.wall_clock import PARIS
from requests_app.slots.selectors import YEARS, Wanted, find_slots, find_third


class Command(BaseCommand):
    help = "List the free slots of a type of appointment: every start, or the third next available."
    requires_system_checks = []  # it only reads: no page needs to be ready

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--type", required=True, metavar="CODE")
        parser.add_argument("--maison", metavar="CODE")
        parser.add_argument("--agent", metavar="USERNAME")
        parser.add_argument("--from", dest="first", required=True, type=_day, metavar="DATE")
        parser.add_argument("--to", dest="last", required=True, type=_day, metavar="DATE")
        parser.add_argument("--at", type=_instant, metavar="INSTANT", help="as seen at that instant (now)")
        parser.add_argument("--third", action="store_true", help="only the third when taken in turn")
        parser.add_argument("--json", action="store_true", help="one JSON array on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = _read_wanted(options)
        if options["third"]:
            third = find_third(wanted)
            found: Iterable[Slot] = [third] if third else []
        else:
            found = find_slots(wanted)
        if options["json"]:
            self.stdout.write(json.dumps([slot.as_plain() for slot in found]))
            return
        for slot in found:
            self.stdout.write(" ".join(slot.as_plain().values()))


def _day(text: str) -> date:
    """Read a day as the command line gives it; argparse says which argument is wrong."""
    day = date.fromisoformat(text)
    if len(text) != len("2026-12-31") or day.year not in YEARS:
        raise ValueError(text)
    return day


def _instant(text: str) -> datetime:
    """Read an instant; without an offset it is an hour of Paris."""
    found = parse_datetime(text)
    if found is None or found.year not in YEARS:
        raise ValueError(text)
    here = found if timezone.is_aware(found) else found.replace(tzinfo=PARIS)
    return here.astimezone(UTC)  # an offset that PostgreSQL refuses reaches it no more


def _read_wanted(options: dict[str, Any]) -> Wanted:
    return Wanted(
        type=_type(options["type"]),
        maisons=_maisons(options["maison"]),
        agents=_agents(options["agent"]),
        first=options["first"],
        last=options["last"],
        at=options["at"] or timezone.now(),
    )


def _type(code: str) -> AppointmentType:
    found = AppointmentType.objects.filter(code=code).first()
    if found is None:
        words = _("Le type de rendez-vous « %(code)s » est inconnu.") % {"code": code}
        raise CommandError(words, returncode=2)
    return found


def _maisons(code: str | None) -> list[str] | None:
    if code is None:
        return None
    if not Maison.objects.filter(code=code).exists():
        raise CommandError(_("Le lieu « %(code)s » est inconnu.") % {"code": code}, returncode=2)
    return [code]


def _agents(username: str | None) -> list[str] | None:
    if username is None:
        return None
    if not User.objects.agents().filter(username=username.lower()).exists():
        raise CommandError(_("L’agent « %(name)s » est inconnu.") % {"name": username}, returncode=2)
    return [username.lower()]
