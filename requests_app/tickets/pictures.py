"""Pictures re-encoded before they are shown: nothing but pixels is left (threats: M15)."""

import warnings
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from threading import Lock
from typing import IO

from PIL import Image, UnidentifiedImageError

# Apple telephones take HEIC, which few browsers and computers open: it is offered as JPEG (threats: M16).
TELEPHONES = {"image/heic": "HEIF", "image/heif": "HEIF"}
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", **TELEPHONES}
MAX_PIXELS = 50_000_000  # a telephone of today takes 50 megapixels
# These are decoded whole before they are scaled down: 400 kB of them may be 49 megapixels, which took 8 s and
# 400 MB. A sheet scanned at 400 dpi is under this; larger ones can still be downloaded.
WHOLE_PIXELS = {"PNG": 20_000_000, "WEBP": 20_000_000}
PATIENCE_S = 10
READ = tuple(sorted({*PICTURES.values()}))  # what telephones produce is read, and never written
MAX_SIDE = 2400
ORIENTATION = 0x0112  # of EXIF: how the telephone was held
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
BOMBS = (Image.DecompressionBombWarning, Image.DecompressionBombError)
# What the readers raise for a truncated or damaged file; EOFError and RuntimeError are those of HEIC.
DAMAGED = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, RuntimeError, *BOMBS)


class Unpresentable(Exception):
    """Not a picture we show; it can still be downloaded."""


class Busy(Unpresentable):
    """Too many pictures are being decoded: this one may be tried later."""


_one_at_a_time = Lock()  # per process: several large ones at once would exhaust its memory


@dataclass(frozen=True, slots=True)
class ReencodedPicture:
    data: bytes
    content_type: str


@cache
def _reads_heif() -> None:
    """Load the HEIC reader on first use: it is heavy."""
    from pillow_heif import register_heif_opener

    register_heif_opener()


def reencode(stream: IO[bytes], *, side: int = MAX_SIDE) -> ReencodedPicture:
    """Re-encode a picture upright, without metadata, at most ``side`` pixels wide; raises Unpresentable."""
    if not _one_at_a_time.acquire(timeout=PATIENCE_S):
        raise Busy
    try:
        return _redrawn(stream, side)
    finally:
        _one_at_a_time.release()


def _redrawn(stream: IO[bytes], side: int) -> ReencodedPicture:
    _reads_heif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(stream, formats=READ)
            if opened.width * opened.height > WHOLE_PIXELS.get(str(opened.format), MAX_PIXELS):
                raise Unpresentable
            opened.draft("RGB", (side, side))
            picture = _upright(opened)
            picture.thumbnail((side, side))
            return _encode(picture)
    except DAMAGED as error:
        raise Unpresentable from error


def _upright(opened: Image.Image) -> Image.Image:
    """Rotate it upright; ImageOps.exif_transpose would write EXIF again, and fail on damaged files."""
    opened.load()
    turn = TURNS.get(opened.getexif().get(ORIENTATION, 1))
    return opened if turn is None else opened.transpose(turn)


def _encode(picture: Image.Image) -> ReencodedPicture:
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    picture.info.pop("comment", None)  # the sender's text, which JPEG preserves
    written = BytesIO()
    if has_alpha:
        picture.convert("RGBA").save(written, "PNG")
        return ReencodedPicture(written.getvalue(), "image/png")
    picture.convert("RGB").save(written, "JPEG", quality=88)
    return ReencodedPicture(written.getvalue(), "image/jpeg")
