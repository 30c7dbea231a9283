"""Read what was published: a quarter of every Maison, and one Maison over the quarters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from requests_app.publication.models import Indicator, Publication
from requests_app.publication.quarters import Quarter

SHOWN_QUARTERS = 8

Row = Mapping[str, Indicator]
"""The indicators of one place and quarter, by kind; a missing one is of fewer than five people."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A published quarter: ``territory``, ``others`` (too small for a line of their own), and each Maison."""

    quarter: Quarter
    territory: Row
    others: Row
    maisons: Mapping[int, Row]


def published_quarters() -> list[Quarter]:
    """List the quarters that may be read, the last first."""
    return [
        Quarter(first) for first in Publication.objects.order_by("-quarter").values_list("quarter", flat=True)
    ]


def read_sheet(quarter: Quarter) -> Sheet:
    """Read one quarter of all places, in one statement."""
    rows: dict[tuple[str, int | None], dict[str, Indicator]] = defaultdict(dict)
    for each in Indicator.objects.filter(publication__quarter=quarter.first):
        rows[each.extent, each.maison_id][each.kind] = each
    maisons = {maison: row for (_extent, maison), row in rows.items() if maison is not None}
    return Sheet(
        quarter,
        territory=rows[Indicator.Extent.TERRITORY, None],
        others=rows[Indicator.Extent.OTHERS, None],
        maisons=maisons,
    )


def read_history(maison_id: int, quarters: Iterable[Quarter]) -> dict[Quarter, Row]:
    """Read one Maison over some quarters, in one statement; those that say nothing of it are missing."""
    rows: dict[Quarter, dict[str, Indicator]] = defaultdict(dict)
    firsts = [quarter.first for quarter in quarters]
    found = Indicator.objects.filter(maison=maison_id, publication__quarter__in=firsts)
    for each in found.select_related("publication"):
        rows[each.publication.as_quarter][each.kind] = each
    return dict(rows)
