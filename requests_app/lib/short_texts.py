"""Every text sent by SMS without an agent, with its longest values: measured at start.

Each room that writes such texts registers them; gru/checks.py refuses to start when one of them would take
two segments, and a test looks for words that reveal too much (threats: S07).
"""

from collections.abc import Callable
from dataclasses import dataclass

from requests_app.lib.registry import Registry

Samples = Callable[[], list[str]]


@dataclass(frozen=True, slots=True)
class ShortText:
    """A template by its name, and its longest renderings."""

    name: str
    samples: Samples


TEXTS: Registry[str, ShortText] = Registry("text for SMS")


def register(name: str, samples: Samples) -> None:
    """Register a text once; ``samples`` renders it with the longest values there are."""
    TEXTS.register(name, ShortText(name, samples))


def all_texts() -> list[ShortText]:
    """Return every text of every room."""
    return list(TEXTS.values())
