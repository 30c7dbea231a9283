"""Maps drawn from the outlines of the communes, as paths of SVG: no tile, no script, nothing fetched."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from requests_app.maisons.cache import Remembered
from requests_app.maisons.labels import place_label
from requests_app.maisons.models import Commune, Outline

KM_PER_DEGREE = 111.32  # of latitude
LEAST_KM = 3.0  # across a map: closer, streets would be missed

Point = tuple[float, float]  # longitude, latitude in degrees


@dataclass(frozen=True, slots=True)
class CommuneShape:
    """A commune to draw; the label stands at its centre."""

    insee: str
    name: str
    center: Point | None
    rings: tuple[tuple[Point, ...], ...]
    box: tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True, slots=True)
class Frame:
    """What a map shows: a box of degrees on a drawing of ``width`` by ``height`` units."""

    west: float
    north: float
    scale_x: float
    scale_y: float
    width: int
    height: int

    def locate(self, point: Point) -> Point:
        return (point[0] - self.west) * self.scale_x, (self.north - point[1]) * self.scale_y

    def holds(self, point: Point, *, margin: float = 0) -> bool:
        x, y = self.locate(point)
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin

    def meets(self, box: tuple[float, float, float, float]) -> bool:
        left, bottom = self.locate((box[0], box[1]))
        right, top = self.locate((box[2], box[3]))
        return left <= self.width and right >= 0 and top <= self.height and bottom >= 0


def frame_around(points: Sequence[Point], *, width: int, height: int, margin: float = 0.18) -> Frame:
    """Return the smallest map of this shape that holds all the points with room around them."""
    lons, lats = [lon for lon, _lat in points], [lat for _lon, lat in points]
    middle = ((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2)
    km_x = KM_PER_DEGREE * math.cos(math.radians(middle[1]))
    across = max((max(lons) - min(lons)) * km_x, LEAST_KM) * (1 + 2 * margin)
    down = max((max(lats) - min(lats)) * KM_PER_DEGREE, LEAST_KM) * (1 + 2 * margin)
    per_km = min(width / across, height / down)
    west = middle[0] - width / per_km / km_x / 2
    north = middle[1] + height / per_km / KM_PER_DEGREE / 2
    return Frame(west, north, per_km * km_x, per_km * KM_PER_DEGREE, width, height)


def path(shape: CommuneShape, frame: Frame) -> str:
    """Return the outline as the ``d`` of an SVG path, to the unit, in relative steps: a short text."""
    return "".join(_steps(_corners(ring, frame)) for ring in shape.rings)


def _corners(ring: Iterable[Point], frame: Frame) -> list[tuple[int, int]]:
    corners: list[tuple[int, int]] = []
    for point in ring:
        x, y = frame.locate(point)
        corner = (round(x), round(y))
        if not corners or corners[-1] != corner:
            corners.append(corner)
    return corners


def _steps(corners: list[tuple[int, int]]) -> str:
    if len(corners) < 4:  # the last is the first: less than a triangle shows nothing
        return ""
    steps = (f"{x - x0},{y - y0}" for (x0, y0), (x, y) in pairwise(corners[:-1]))
    return f"M{corners[0][0]},{corners[0][1]}l{' '.join(steps)}z"


def km_between(one: Point, other: Point) -> float:
    """Measure as the crow flies; flat-earth distances suffice within a territory."""
    middle = math.radians((one[1] + other[1]) / 2)
    across = (one[0] - other[0]) * KM_PER_DEGREE * math.cos(middle)
    return math.hypot(across, (one[1] - other[1]) * KM_PER_DEGREE)


def _read() -> tuple[CommuneShape, ...]:
    drawn = [Commune.Level.COMMUNE, Commune.Level.ARRONDISSEMENT]
    outlines = Outline.objects.filter(commune__closed_on=None, commune__level__in=drawn)
    rows = list(outlines.select_related("commune").order_by("commune_id"))
    split = {row.commune.parent_id for row in rows}  # a town with arrondissements is drawn by them
    return tuple(_shape(row) for row in rows if row.commune_id not in split)


def _shape(row: Outline) -> CommuneShape:
    commune, rings = row.commune, tuple(tuple((lon, lat) for lon, lat in ring) for ring in row.rings)
    lons = [lon for ring in rings for lon, _lat in ring]
    lats = [lat for ring in rings for _lon, lat in ring]
    center = (commune.lon, commune.lat) if commune.lat is not None and commune.lon is not None else None
    box = (min(lons), min(lats), max(lons), max(lats))
    return CommuneShape(commune.insee_code, place_label(commune.name), center, rings, box)


_remembered = Remembered(_read)


def commune_shapes() -> tuple[CommuneShape, ...]:
    """Return the communes of today, towns by their parts: one statement, unless the territory has changed."""
    return _remembered()
