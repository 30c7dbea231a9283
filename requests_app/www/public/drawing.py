"""The map beside a list of places: everything it shows is in the list too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from requests_app.maisons.mapping import CommuneShape, Frame, Point, commune_shapes, frame_around, path
from requests_app.maisons.models import Maison
from requests_app.www.public.finding import Place, Somewhere, points

WIDTH, HEIGHT = 440, 470
LABEL_X, LABEL_Y = 78, 20  # room that a name takes: two nearer ones would write over each other
MAX_NUMBERED = 12  # beyond, numbers would hide each other: plain pins


@dataclass(frozen=True, slots=True)
class Shape:
    d: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Pin:
    """``number`` is that of the list, 0 for a place that the list does not show."""

    x: str
    y: str
    number: int
    is_first: bool
    is_small: bool


@dataclass(frozen=True, slots=True)
class Label:
    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map as the template writes it, in units of its view box."""

    title: str
    description: str
    shapes: list[Shape]
    labels: list[Label]
    pins: list[Pin]
    me: Label | None
    width: int = WIDTH
    height: int = HEIGHT


def draw(listed: Sequence[Place], others: Iterable[Place], somewhere: Somewhere | None) -> Drawing | None:
    """Draw the places listed, numbered, among the others; None when nobody knows where they are."""
    seen = points(listed)
    if somewhere:
        seen = [*seen, somewhere.point]
    if not seen:
        return None
    frame = frame_around(seen, width=WIDTH, height=HEIGHT)
    shown = [shape for shape in commune_shapes() if frame.meets(shape.box)]
    return Drawing(
        title=_("Carte des lieux d’accueil"),
        description=_describe(listed, somewhere),
        shapes=[
            Shape(path(shape, frame), bool(somewhere and shape.insee in somewhere.insees)) for shape in shown
        ],
        labels=_labels(shown, frame, [frame.locate(point) for point in seen]),
        pins=[*_plain(others, frame), *_number_pins(listed, frame)],
        me=_me(somewhere, frame),
    )


def _describe(listed: Sequence[Place], somewhere: Somewhere | None) -> str:
    if somewhere:
        return _("Votre lieu de départ, et les lieux les plus proches, numérotés comme dans la liste.")
    if len(listed) == 1:
        return _("Le lieu d’accueil dans sa commune.")
    return _("Tous les lieux de la liste, à leur place dans les communes.")


def _me(somewhere: Somewhere | None, frame: Frame) -> Label | None:
    if somewhere is None:
        return None
    x, y = frame.locate(somewhere.point)
    return Label(f"{x:.1f}", f"{y:.1f}", somewhere.name)


def _plain(found: Iterable[Place], frame: Frame) -> list[Pin]:
    return [_pin(place, frame, 0) for place in found if place.point and frame.holds(place.point)]


def _number_pins(listed: Sequence[Place], frame: Frame) -> list[Pin]:
    """Number the pins; the first of the list is drawn last: nothing hides it."""
    are_few = 1 < len(listed) <= MAX_NUMBERED
    pins = [
        _pin(place, frame, number if are_few else 0)
        for number, place in enumerate(listed, 1)
        if place.point and frame.holds(place.point)
    ]
    return pins[::-1]


def _pin(place: Place, frame: Frame, number: int) -> Pin:
    x, y = frame.locate(place.point or (0.0, 0.0))
    is_small = place.maison.kind in {Maison.Kind.OUTPOST, Maison.Kind.ANNEX}
    return Pin(f"{x:.1f}", f"{y:.1f}", number, number == 1, is_small)


def _labels(shown: Iterable[CommuneShape], frame: Frame, taken: list[Point]) -> list[Label]:
    """Place names of communes where nothing else is written, first come, first served."""
    labels: list[Label] = []
    for shape in shown:
        if shape.center is None or not frame.holds(shape.center, margin=LABEL_Y * 2):
            continue
        x, y = frame.locate(shape.center)
        if all(abs(x - x2) > LABEL_X or abs(y - y2) > LABEL_Y for x2, y2 in taken):
            taken = [*taken, (x, y)]
            labels.append(Label(f"{x:.1f}", f"{y:.1f}", shape.name))
    return labels
