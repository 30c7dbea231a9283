"""Which topics statistics may show separately (threats: A02, A03).

Topics that protect people never are: they are always counted together with tickets without a topic and
those of the topics that say nothing (« Autre demande »), here, in every file and for every filter. So no
subtraction of numbers, between places, periods or topics, isolates them.
"""

from collections.abc import Mapping

from requests_app.catalog.models import Topic


def is_told_apart(topic: Topic) -> bool:
    return not topic.is_sensitive and topic.action != Topic.Action.QUALIFY


def told_apart(topics: Mapping[str, Topic]) -> dict[str, Topic]:
    """Return those that a filter may name, by code."""
    return {code: topic for code, topic in topics.items() if is_told_apart(topic)}
