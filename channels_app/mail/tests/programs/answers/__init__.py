"""Answers by language, written before the reader was tried on them: they measure it."""

from .east import EASTERN
from .french import FRENCH
from .markup import MARKUP
from .model import Answer
from .north import DUTCH, ENGLISH, GERMAN
from .south import ITALIAN, PORTUGUESE, SPANISH

ANSWERS = {
    "fr": FRENCH,
    "en": ENGLISH,
    "de": GERMAN,
    "nl": DUTCH,
    "es": SPANISH,
    "it": ITALIAN,
    "pt": PORTUGUESE,
    "other": EASTERN,
    "html": MARKUP,
}

__all__ = ["ANSWERS", "Answer"]
