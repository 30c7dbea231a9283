"""Invented names and sentences, drawn by a seeded generator: the same seed gives the same stories."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Story:
    """What someone asks for: the topic, and the text by mail or at the desk."""

    topic: str
    subject: str
    text: str


class Texts:
    """Sentences of one run; ``random`` is shared with the rest of the run."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names: dict[str, list[str]] = json.loads((DATA / "names.json").read_text())
        self.topics: dict[str, dict] = json.loads((DATA / "topics.json").read_text())

    @cached_property
    def _codes(self) -> list[str]:
        return list(self.topics)

    @cached_property
    def _weights(self) -> list[int]:
        return [topic["weight"] for topic in self.topics.values()]

    def topic(self) -> str:
        return self.random.choices(self._codes, self._weights)[0]

    def person(self) -> tuple[str, str]:
        return self._name(self.random)

    def agent(self, username: str) -> tuple[str, str]:
        """Return the same name for the same agent, whatever else the run draws."""
        return self._name(Random(username))  # noqa: S311 (stories, no secret)

    def _name(self, random: Random) -> tuple[str, str]:
        return random.choice(self.names["given"]), random.choice(self.names["family"])

    def mail(self, topic: str, signed: str) -> Story:
        """Return a whole message, greeting and signature included."""
        subject, body = self.random.choice(self.topics[topic]["mails"])
        opening, closing = (
            self.random.choice(self.names["openings"]),
            self.random.choice(self.names["closings"]),
        )
        text = f"{opening}\n\n{self._fill(body)}\n\n{closing}\n{signed}"
        return Story(topic, subject, text)

    def plainly(self, topic: str) -> Story:
        """Return the same text without greeting or signature, as people type it in a form or on a phone."""
        _subject, body = self.random.choice(self.topics[topic]["mails"])
        filled = self._fill(body)
        return Story(topic, "", filled[:1].upper() + filled[1:])

    def again(self, topic: str) -> Story:
        """Return what the person writes after the answer."""
        return Story(topic, "", self.random.choice(self.names["again"]))

    def desk(self, topic: str) -> Story:
        """Return the few words an agent types while someone stands in front."""
        return Story(topic, "", self._fill(self.random.choice(self.topics[topic]["desk"])))

    def note(self) -> str:
        return self.random.choice(self.names["notes"])

    def street(self) -> str:
        return self.random.choice(self.names["streets"])

    def _fill(self, sentence: str) -> str:
        draw = self.random
        return sentence.format(
            age=draw.randint(62, 94),
            amount=draw.randrange(80, 900, 5),
            children=draw.randint(2, 5),
            day=draw.choice(self.names["days"]),
            month=draw.choice(self.names["months"]),
            number=draw.randint(1, 180),
            separated=draw.choice(self.names["separated"]),
            street=self.street(),
            weeks=draw.randint(2, 11),
        )
