"""Which commune a point of the map is in."""

from itertools import pairwise

from requests_app.maisons.mapping import CommuneShape, Point, commune_shapes

MARGIN = 0.05  # degrees, some five kilometres: somebody at our border writes to us


def commune_at(point: Point) -> str:
    """Return the INSEE code of the commune that holds a point; "" outside of all that we have outlines of."""
    return next((shape.insee for shape in commune_shapes() if _holds(shape, point)), "")


def is_far_away(point: Point) -> bool:
    """Tell whether a point is well outside of the territory; never, when we have no outline."""
    boxes = [shape.box for shape in commune_shapes()]
    if not boxes:
        return False
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    lon, lat = point
    return not (west - MARGIN <= lon <= east + MARGIN and south - MARGIN <= lat <= north + MARGIN)


def _holds(shape: CommuneShape, point: Point) -> bool:
    west, south, east, north = shape.box
    is_near = west <= point[0] <= east and south <= point[1] <= north
    return is_near and any(_is_inside(ring, point) for ring in shape.rings)


def _is_inside(ring: tuple[Point, ...], point: Point) -> bool:
    """Count the sides that a line from the point to the east crosses: inside, their number is odd."""
    lon, lat = point
    crossed = 0
    for (x0, y0), (x1, y1) in pairwise((*ring, ring[0])):
        if (y0 > lat) != (y1 > lat) and lon < (x1 - x0) * (lat - y0) / (y1 - y0) + x0:
            crossed += 1
    return crossed % 2 == 1
