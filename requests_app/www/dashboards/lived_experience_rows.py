"""What people lived, in words: nothing of under five, and numbers rounded to five.

Rounded, since a channel less a need, or a Maison less a channel, would otherwise tell of a few persons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from requests_app.access.maison_scope import MaisonScope
from requests_app.first_delay.models import AnnouncedDelay
from requests_app.indicators.lived_experience import Lived
from requests_app.indicators.satisfaction import NOTHING, AnswerCounts
from requests_app.lib import french
from requests_app.lib.few_people import FEW, round_to_few
from requests_app.www.backoffice.ticket.choices import territory_of
from requests_app.www.dashboards.asking import ReportQuery
from requests_app.www.dashboards.plot import format_minutes

DASH = "–"
EXACT_FROM = 100  # from here on, one percent is somebody at least


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """All that is known of each Maison, by id; ``felt`` is counted five by five."""

    lived: Mapping[int, Lived]
    felt: Mapping[int, AnswerCounts]
    waits: Mapping[int, int]
    announced: Mapping[int, AnnouncedDelay]
    led: MaisonScope


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group as it is read; dashes hide what under five would tell. ``silence``: who did not say."""

    label: str
    count: str
    in_time: str = DASH
    came_back: str = DASH
    good: str = DASH
    silence: str = DASH


@dataclass(frozen=True, slots=True)
class WayRow:
    """Those asked by one way: how many, how many of them said something, and what they said."""

    label: str
    asked: str
    answered: str = DASH
    silence: str = DASH
    good: str = DASH
    hard: str = DASH


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One Maison, with what people wrote there; ``rank`` sorts the least content first.

    ``trial_url`` plans a trial there, "" for those who lead none.
    """

    label: str
    group: GroupRow
    wait: str
    appointment: str
    appointment_type: str
    sentences_url: str
    trial_url: str
    rank: float


def group_rows(groups: Mapping[str, Lived], labels: Mapping[str, Any]) -> list[GroupRow]:
    """Return the groups by name."""
    rows = [_group_row(str(labels.get(name, name)), lived) for name, lived in groups.items()]
    return sorted(rows, key=lambda row: row.label.casefold())


def way_rows(ways: Mapping[str, Lived], labels: Mapping[str, Any]) -> list[WayRow]:
    """Return the ways by name."""
    rows = [_way_row(str(labels.get(name, name)), lived) for name, lived in ways.items()]
    return sorted(rows, key=lambda row: row.label.casefold())


def _way_row(label: str, lived: Lived) -> WayRow:
    if lived.persons < FEW:
        return WayRow(label, _("moins de %(n)s") % {"n": FEW})
    return WayRow(
        label=label,
        asked=french.number(round_to_few(lived.received)),
        answered=share_about(lived.answers, lived.received),
        silence=share_about(max(lived.received - lived.answers, 0), lived.received),
        good=share_about(lived.good, lived.answers),
        hard=share_about(lived.hard, lived.efforts),
    )


def place_rows(request: HttpRequest, asked: ReportQuery, facts: PlaceFacts) -> list[PlaceRow]:
    """Return the Maisons where something was lived, the least content first."""
    sites = [site for site in territory_of(request).sites.values() if site.pk in facts.lived]
    rows = [_place_row(asked, site, facts) for site in sites]
    return sorted(rows, key=lambda row: (row.rank, row.label.casefold()))


def _place_row(asked: ReportQuery, site: Any, facts: PlaceFacts) -> PlaceRow:
    felt, announced = facts.felt.get(site.pk), facts.announced.get(site.pk)
    group = _group_row(site.label, facts.lived[site.pk], felt or NOTHING)
    query = f"lieu={site.code}&periode={asked.choice.code}"
    return PlaceRow(
        label=site.label,
        group=group,
        wait=format_minutes(facts.waits.get(site.pk)),
        appointment=_("%(n)s j") % {"n": french.number(announced.median_days or 0)} if announced else DASH,
        appointment_type=announced.type.label if announced else "",
        trial_url=f"{reverse('trials:new')}?lieu={site.code}" if facts.led.covers(site.pk) else "",
        sentences_url=f"{reverse('dashboards:board')}?{query}#mots",
        rank=felt.good / felt.answers if felt and felt.answers else 2,
    )


def _group_row(label: str, lived: Lived, felt: AnswerCounts | None = None) -> GroupRow:
    """Word a group; ``felt``: its answers where they are counted five by five."""
    if lived.persons < FEW:
        return GroupRow(label, _("moins de %(n)s") % {"n": FEW})
    answers, good = (felt.answers, felt.good) if felt else (lived.answers, lived.good)
    return GroupRow(
        label=label,
        count=french.number(round_to_few(lived.received)),
        in_time=share_about(lived.in_time, lived.due),
        came_back=share_about(lived.came_back, lived.received),
        good=share_about(good, answers),
        silence=share_about(max(lived.closed - lived.answers, 0), lived.closed),
    )


def share_about(count: int, total: int) -> str:
    """Write « 42 % », to the nearest five under a hundred, a dash under five."""
    if total < FEW:
        return DASH
    percent = count / total * 100
    return f"{round(percent) if total >= EXACT_FROM else round_to_few(percent)} %"
