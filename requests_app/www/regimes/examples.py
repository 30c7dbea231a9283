"""The texts of a regime as its page shows them: grouped, each in French and in English."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.utils.translation import get_language

from requests_app.answers.refusal_texts import refusals_of
from requests_app.catalog.models import Topic
from requests_app.tickets.messages.regime_texts import Example, examples_of


@dataclass(frozen=True, slots=True)
class Shown:
    """One text in both languages, titled in the agent's."""

    group: str
    title: str
    french: str
    english: str


def groups_of(topic: Topic, *, received: date) -> list[tuple[str, list[Shown]]]:
    """Group every text that the regime changes, in the order in which a person may get them."""
    codes = (get_language() or "fr", "fr", "en")
    ours, french, english = (texts_of(topic, received=received, language=code) for code in codes)
    rows = zip(ours, french, english, strict=True)
    shown = [Shown(mine.group, mine.title, fr.text, en.text) for mine, fr, en in rows]
    return [(group, list(texts)) for group, texts in groupby(shown, attrgetter("group"))]


def texts_of(topic: Topic, *, received: date, language: str) -> list[Example]:
    """List every text in one language, each after those of its group."""
    texts = [
        *examples_of(topic, received=received, language=language),
        *refusals_of(topic, received=received, language=language),
    ]
    order = list(dict.fromkeys(each.group for each in texts))
    return sorted(texts, key=lambda each: order.index(each.group))
