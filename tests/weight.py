"""What a page weighs with all it needs, as it travels (B1)."""

import gzip
import posixpath
import re

from django.conf import settings
from django.contrib.staticfiles import finders

HEAVIEST = 100_000
FONTS = re.compile(r"url\(['\"]?([^)'\"]+\.woff2)")


def weigh(answer) -> int:
    """The page and its parts as they travel."""
    squeezed = answer.headers.get("Content-Encoding") == "gzip"
    page = (gzip.decompress(answer.content) if squeezed else answer.content).decode()
    total = len(answer.content)
    for part in set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page)):
        data = _read(part.removeprefix(settings.STATIC_URL))
        total += len(gzip.compress(data))
        if part.endswith("tokens.css"):  # the font of the words we write; the other one is for rare letters
            fonts = [font for font in FONTS.findall(data.decode()) if "latin-ext" not in font]
            total += sum(len(_read(f"ui/{font}")) for font in set(fonts))
    return total


def _read(name: str) -> bytes:
    found = finders.find(posixpath.normpath(name))
    assert found, name
    with open(found, "rb") as file:
        return file.read()
