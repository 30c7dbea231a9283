"""Tell whether somebody is there: an agent who may answer asked for a page, and the Maison is open."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from channels_app.chat import live
from requests_app.access.maison_scope import MaisonScope
from requests_app.access.scope import Scope
from requests_app.accounts.models import Role
from requests_app.lib import french
from requests_app.maisons import opening
from requests_app.maisons.cache import Remembered
from requests_app.maisons.models import Maison
from requests_app.tickets.models import Ticket

ANSWERED_WITHIN = timedelta(minutes=90)  # of its opening hours: what the page promises
A_WEEK = timedelta(days=6)
EVERYWHERE = "*"

maisons = Remembered(lambda: list(Maison.objects.exclude(opening_hours="").filter(closed_on=None)))
_usual: tuple[object, datetime | None] = (), None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody answers now; ``words`` say it, or when the answer comes."""

    is_available: bool
    words: str


def note_agent(scope: Scope, *, at: datetime) -> None:
    """Record that an agent's page was asked for, and which tickets that agent may answer."""
    plain = scope.reach(Role.CASE_HANDLER, Role.MANAGER)
    if plain:
        live.note_agent(
            scope.user_id, f"{_write(plain)} {_write(scope.reach(Role.CASE_HANDLER))}", at.timestamp()
        )


def is_available(ticket: Ticket | None, *, at: datetime) -> bool:
    """Tell whether an agent who may answer is there, within the hours of a Maison."""
    there = live.agents_at(at.timestamp())
    if not there:
        return False
    is_sensitive = ticket is not None and ticket.is_sensitive
    reaches = [_read(each.split(" ")[1 if is_sensitive else 0]) for each in there]
    if ticket and ticket.maison:
        is_covered = any(reach.covers(ticket.maison_id) for reach in reaches)
        return is_covered and bool(opening.is_open(ticket.maison, at))
    if ticket:
        reaches = [reach for reach in reaches if reach.covers(None, ticket.shared_with)]
    return any(reach.covers(each.pk) and opening.is_open(each, at) for reach in reaches for each in maisons())


def standing_of(ticket: Ticket | None, *, at: datetime) -> Standing:
    """Say whether somebody answers now, or when."""
    if is_available(ticket, at=at):
        return Standing(True, _("Un agent est là et vous répond."))
    by = _answer_of(ticket.maison, at) if ticket and ticket.maison else _usual_answer(at)
    return Standing(False, _format(by, at) if by else _("Nous vous répondons dès que possible."))


def _usual_answer(at: datetime) -> datetime | None:
    """Return by when half of the Maisons answer; asked on each public page, so stored for a minute.

    Nobody knows yet which of them it will be: the first to open would promise for all the others.
    """
    global _usual
    places = maisons()
    key = int(at.timestamp()) // 60, *((each.pk, each.opening_hours) for each in places)
    known, by = _usual
    if known != key:
        found = sorted(filter(None, (_answer_of(each, at) for each in places)))
        by = found[(len(found) - 1) // 2] if found else None
        _usual = key, by
    return by


def _answer_of(maison: Maison, at: datetime) -> datetime | None:
    """Return by when a Maison answers: once its door has been open for a while; None when nobody knows."""
    left = ANSWERED_WITHIN
    for opens, closes in opening.next_spans(maison, at):
        length = closes.astimezone(UTC) - opens.astimezone(UTC)  # an hour may be one of a change of time
        if length >= left:
            return min(_round_up(opens.astimezone(UTC) + left), closes)
        left -= length
    return None


def _round_up(at: datetime) -> datetime:
    """Return the next whole hour on the clock that people read."""
    local = timezone.localtime(at)
    whole = local.replace(minute=0, second=0, microsecond=0)
    return whole if whole == local else whole + timedelta(hours=1)


def _format(by: datetime, at: datetime) -> str:
    local, today = timezone.localtime(by), timezone.localtime(at).date()
    last = (local - local.resolution).date()  # midnight ends a day
    time = opening.format_clock(local.time())
    if last == today:
        return _("Réponse aujourd’hui avant %(time)s.") % {"time": time}
    day = date_format(last, "l") if last - today <= A_WEEK else french.day(last)
    return _("Réponse %(day)s avant %(time)s.") % {"day": day, "time": time}


def _write(reach: MaisonScope) -> str:
    return EVERYWHERE if reach.everywhere else ",".join(map(str, sorted(reach.maisons)))


def _read(written: str) -> MaisonScope:
    if written == EVERYWHERE:
        return MaisonScope(everywhere=True)
    return MaisonScope(maisons=frozenset(int(each) for each in written.split(",") if each))
