"""Pictures that were damaged, or changed on purpose: drawn or refused, and nothing else."""

import random
import struct
import warnings
from io import BytesIO

import pillow_heif
import pytest
from PIL import Image

from requests_app.tickets.pictures import Unpresentable, redrawn

FORMS = ("JPEG", "PNG", "WEBP", "HEIF")
SIZE = (60, 40)


def taken(form, turn=6):
    """A photo with its EXIF, as a telephone held upright writes it."""
    pillow_heif.register_heif_opener()
    exif, data = Image.Exif(), BytesIO()
    exif[0x0112], exif[0x010F], exif[0x011A] = turn, "Marque", 72.0
    Image.new("RGB", SIZE, "red").save(data, form, exif=exif)
    return data.getvalue()


def damaged(data, chance):
    """Some bytes changed, most of them where the headers are; at times the end is missing."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        end = len(changed) if chance.random() < 0.4 else min(len(changed), 260)
        changed[chance.randrange(end)] = chance.choice([0, 1, 127, 255, chance.randrange(256)])
    return bytes(changed[: chance.randrange(10, len(changed))] if chance.random() < 0.2 else changed)


@pytest.mark.parametrize("form", FORMS)
def test_M15_a_damaged_picture_is_drawn_or_refused_and_stops_nothing(form):
    chance, data, ends = random.Random(1), taken(form), set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow says of a damaged EXIF
        for _ in range(1_500):
            try:
                ends.add(redrawn(BytesIO(damaged(data, chance))).content_type)
            except Unpresentable:
                ends.add("refused")
    assert ends == {"image/jpeg", "refused"}


def test_M15_a_damaged_exif_hides_no_photo():
    """A fraction told to be bytes, which cannot be written again: browsers show such photos."""
    data = taken("JPEG")
    kind = data.index(struct.pack(">HHI", 0x011A, 5, 1)) + 2
    changed = data[:kind] + struct.pack(">H", 7) + data[kind + 2 :]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        drawn = redrawn(BytesIO(changed))
    assert Image.open(BytesIO(drawn.data)).size == (40, 60)


@pytest.mark.parametrize(("turn", "size"), [(1, (60, 40)), (3, (60, 40)), (6, (40, 60)), (8, (40, 60))])
def test_a_photo_is_shown_upright(turn, size):
    assert Image.open(BytesIO(redrawn(BytesIO(taken("JPEG", turn))).data)).size == size
