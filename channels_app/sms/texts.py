"""Our automatic SMS: one segment, in the GSM alphabet (threats: S07)."""

from collections.abc import Iterable

from requests_app.lib.segments import fold, measure
from requests_app.outbox.links import PLACEHOLDER
from requests_app.tickets.messages.brief import fill_longest_link, render_brief


def render_template(name: str, **values: str) -> str:
    """Render one of our own texts."""
    return fold_text(render_brief(f"sms/{name}.txt", **values))


def fit(texts: Iterable[str]) -> str:
    """Return the first text that fits in one SMS, else the last."""
    found = [fold_text(text) for text in texts]
    return next((text for text in found if is_one(text)), found[-1])


def fold_text(text: str) -> str:
    return PLACEHOLDER.join(map(fold, text.split(PLACEHOLDER)))


def segments_of(text: str) -> int:
    """Count the segments of a text with its link."""
    return measure(fill_longest_link(text)).segments


def is_one(text: str) -> bool:
    return segments_of(text) <= 1
