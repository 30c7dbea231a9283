"""Answers by language, written before the reader was tried on them: they measure it."""

from .east import EASTERN
from .french import FRENCH
from .french_webmails import FRENCH_WEBMAILS
from .later import LATER
from .later_others import LATER_OTHERS
from .markup import MARKUP
from .model import Answer
from .north import DUTCH, ENGLISH, GERMAN
from .south import ITALIAN, PORTUGUESE, SPANISH

ANSWERS = {
    "fr": FRENCH + FRENCH_WEBMAILS,
    "en": ENGLISH,
    "de": GERMAN,
    "nl": DUTCH,
    "es": SPANISH,
    "it": ITALIAN,
    "pt": PORTUGUESE,
    "other": EASTERN,
    "html": MARKUP,
    "later": LATER + LATER_OTHERS,
}

__all__ = ["ANSWERS", "Answer"]
