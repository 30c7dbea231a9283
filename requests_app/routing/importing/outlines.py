"""The outlines of the communes, from an optional GeoJSON file (RFC 7946) beside the tables."""

import json
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

FILE = "communes.geojson"
MAX_BYTES = 20_000_000
DIGITS = 5  # of a degree: one metre

Values = dict[str, Any]


class WrongOutlines(ValueError):
    """The file is there but malformed; the text says why."""


def read_outlines(folder: Path) -> list[Values]:
    """Read ``commune`` (INSEE code) and ``rings`` of each feature; nothing when there is no file.

    Raises WrongOutlines.
    """
    path = folder / FILE
    if not path.is_file():
        return []
    if path.stat().st_size > MAX_BYTES:
        raise WrongOutlines(_("le fichier est trop gros pour être un fichier de territoire"))
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
        return [
            {"commune": str(each["properties"]["insee"]), "rings": _rings(each["geometry"])}
            for each in features
        ]
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise WrongOutlines(_("ce n’est pas un fichier GeoJSON de communes avec leur code INSEE")) from error


def _rings(geometry: Values) -> list[list[list[float]]]:
    """Return the outer rings: a map of places needs the territory, not its lakes."""
    coordinates = geometry["coordinates"]
    shapes = {"Polygon": [coordinates], "MultiPolygon": coordinates}[geometry["type"]]
    return [
        [[round(float(lon), DIGITS), round(float(lat), DIGITS)] for lon, lat, *_height in shape[0]]
        for shape in shapes
    ]
