"""Pictures drawn again before they are shown: nothing but pixels is left (threats: M15)."""

import warnings
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

# Telephones of Apple take HEIC, which few browsers and computers open: it is offered as JPEG (threats: M16).
TELEPHONES = {"image/heic": "HEIF", "image/heif": "HEIF"}
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", **TELEPHONES}
MOST_PIXELS = 50_000_000  # a telephone of today takes 50 megapixels
READ = tuple(sorted({*PICTURES.values()}))  # what telephones take is read, and never written
LONGEST_SIDE = 2400
BOMBS = (Image.DecompressionBombWarning, Image.DecompressionBombError)


class Unpresentable(Exception):
    """Not a picture we show; it can still be saved."""


@dataclass(frozen=True, slots=True)
class Drawn:
    data: bytes
    content_type: str


@cache
def _reads_heif() -> None:
    """Loaded by who needs it: it is heavy."""
    from pillow_heif import register_heif_opener

    register_heif_opener()


def redrawn(stream: IO[bytes], *, side: int = LONGEST_SIDE) -> Drawn:
    """The same picture, upright, without metadata, at most ``side`` pixels wide; raises Unpresentable."""
    _reads_heif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(stream, formats=READ)
            if opened.width * opened.height > MOST_PIXELS:
                raise Unpresentable
            opened.draft("RGB", (side, side))
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((side, side))
            return _encoded(picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, *BOMBS) as error:
        raise Unpresentable from error


def _encoded(picture: Image.Image) -> Drawn:
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    written = BytesIO()
    if has_alpha:
        picture.convert("RGBA").save(written, "PNG")
        return Drawn(written.getvalue(), "image/png")
    picture.convert("RGB").save(written, "JPEG", quality=88)
    return Drawn(written.getvalue(), "image/jpeg")
