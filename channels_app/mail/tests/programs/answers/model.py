"""One answer as a program writes it, and the words that its author typed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    program: str
    text: str
    kept: str
    kind: str = "plain"
