"""The tile and the word of a channel. Plain values only: nothing here reads the database.

What lists repeat on every row is written once per language and kept: it then costs one lookup.
"""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from requests_app.channels.registry import channel_of, channels, label_of
from requests_app.lib.templatetags.ui import icon

register = template.Library()


@lru_cache(maxsize=512)
def _tile(key: str, size: str) -> SafeString:
    known = channel_of(key)
    return format_html('<span class="{}">{}</span>', f"ch ch-{known.css} {size}".strip(), icon(known.icon))


@register.simple_tag
def channel_tile(key: str, size: str = "") -> SafeString:
    """Return the tile alone, where the word stands elsewhere in the row; `size` is "ch-sm" or nothing."""
    return _tile(str(key), size)


@lru_cache(maxsize=512)
def _channel(key: str, size: str, language: str | None) -> SafeString:
    return format_html('{}<span class="ch-name">{}</span>', _tile(key, size), channel_of(key).label)


@register.simple_tag
def channel(key: str, size: str = "ch-sm") -> SafeString:
    """Return the tile of a channel and its word."""
    return _channel(str(key), size, get_language())


class Door(NamedTuple):
    """A link of every public page to where people write by a channel at once."""

    words: str
    url: str
    icon: str


@register.simple_tag
def doors_at_once() -> list[Door]:
    """Return the doors that the channels offer on every public page, on the page's own host."""
    found = [(each, each.write_to()) for each in channels() if each.box]
    return [Door(str(each.box), urlsplit(to.url).path, each.icon) for each, to in found if to]


@register.filter
def channel_word(key: str) -> str:
    return label_of(key)
