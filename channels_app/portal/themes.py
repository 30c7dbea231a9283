"""The catalog of topics in people's words, by theme; searched as people write."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from requests_app.catalog.models import Topic
from requests_app.catalog.sayings import SMALL, rank_topics
from requests_app.catalog.search import SearchableTopic, best_matches
from requests_app.lib.dangers import Danger, dangers_in
from requests_app.lib.text import words

UNKNOWN = "je-ne-sais-pas"  # people may not know: an agent finds the topic from their message
LEFT_OUT = {"autre"}  # the catalog's own « to be sorted »: « Je ne sais pas » says it
MAX_FOUND = 8
MIN_WORD_LENGTH = 3  # « APA », « gaz »; « les », « mon », « pas » would match everything
FOLDER = Path(__file__).parent / "data"
FILES = {"fr": FOLDER / "themes.toml", "en": FOLDER / "themes.en.toml"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A topic in people's words; ``body`` is the body that answers, when it is not us."""

    code: str
    label: str
    is_sensitive: bool
    body: str


@dataclass(frozen=True, slots=True)
class Theme:
    code: str
    label: str
    hint: str
    icon: str
    choices: tuple[Choice, ...]


@cache
def _read_themes(language: str) -> list[dict[str, Any]]:
    """Return the themes in this language; icons are defined once."""
    themes: list[dict[str, Any]] = tomllib.loads(FILES[language].read_text())["theme"]
    icons = {theme["code"]: theme["icon"] for theme in tomllib.loads(FILES["fr"].read_text())["theme"]}
    return [{**theme, "icon": icons[theme["code"]]} for theme in themes]


def _language() -> str:
    spoken = (get_language() or "fr")[:2]
    return spoken if spoken in FILES else "fr"


@cache
def _searched_words() -> dict[str, tuple[str, ...]]:
    """Return each topic's names in every language: people search in theirs, whatever the page's."""
    found: dict[str, list[str]] = {}
    for language in FILES:
        for theme in _read_themes(language):
            for code, label in theme["topics"].items():
                found.setdefault(code, []).append(label)
            for code, more in theme.get("words", {}).items():
                found.setdefault(code, []).extend(more.split())
    return {code: tuple(names) for code, names in found.items()}


def themes() -> tuple[Theme, ...]:
    """Return every active topic, once, under its theme; one statement."""
    return _themes({topic.code: topic for topic in Topic.objects.active() if topic.code not in LEFT_OUT})


def _themes(topics: dict[str, Topic]) -> tuple[Theme, ...]:
    written = _read_themes(_language())
    named = {code for theme in written for code in theme["topics"]}
    others = {code: topic.label for code, topic in topics.items() if code not in named}
    last = written[-1]["code"]
    return tuple(
        Theme(
            theme["code"],
            theme["label"],
            theme["hint"],
            theme["icon"],
            tuple(
                _choice(topics[code], label)
                for code, label in {**theme["topics"], **(others if theme["code"] == last else {})}.items()
                if code in topics
            ),
        )
        for theme in written
    )


def _choice(topic: Topic, label: str) -> Choice:
    is_ours = topic.action not in {Topic.Action.GUIDE, Topic.Action.TRANSMIT}
    is_ours = is_ours or topic.mdm_matter != Topic.Matter.NO
    return Choice(topic.code, label, topic.is_sensitive, "" if is_ours else topic.body_words)


def choice_of(code: str) -> Choice | None:
    """Return the topic of a code in people's words; None when it is not offered."""
    return next((choice for theme in themes() for choice in theme.choices if choice.code == code), None)


def theme_of(code: str) -> str:
    """Return the theme under which a topic is offered, or ""."""
    offered = (theme.code for theme in themes() if any(choice.code == code for choice in theme.choices))
    return next(offered, "")


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The result of a search: topics, and the dangers that its words mention."""

    typed: str
    choices: list[Choice]
    dangers: list[Danger]


def search(typed: str) -> SearchResult:
    """Find topics by phrase, then by all of the words, else by as many as possible."""
    topics = {topic.code: topic for topic in Topic.objects.active() if topic.code not in LEFT_OUT}
    choices = [choice for theme in _themes(topics) for choice in theme.choices]
    searched = [
        SearchableTopic(rank, choice.label, topics[choice.code].label, _keywords(topics[choice.code]))
        for rank, choice in enumerate(choices)
    ]
    as_said = rank_topics(typed, [choice.code for choice in choices])
    rank_of = {choice.code: rank for rank, choice in enumerate(choices)}
    others = best_matches(typed, searched) or _match_some_words(typed, searched)
    ranks = list(dict.fromkeys([*(rank_of[code] for code in as_said), *others]))
    return SearchResult(typed, [choices[rank] for rank in ranks[:MAX_FOUND]], dangers_in(typed))


def _keywords(topic: Topic) -> list[str]:
    return [*topic.keywords, *_searched_words().get(topic.code, ())]


def _match_some_words(typed: str, searched: list[SearchableTopic]) -> list[int]:
    """Find the topics with most of the meaningful words: « je ne peux plus payer mon loyer »."""
    spoken = (word for word in words(typed[:200]) if len(word) >= MIN_WORD_LENGTH and word not in SMALL)
    meant = list(dict.fromkeys(spoken))
    counts = Counter(rank for word in meant[:12] for rank in best_matches(word, searched))
    return [rank for rank, _count in counts.most_common()]
