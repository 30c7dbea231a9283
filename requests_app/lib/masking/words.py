"""The words that name nobody, read once from the files beside; in plain form (lib/text.py)."""

from functools import cache
from pathlib import Path

from requests_app.lib.text import words

DATA = Path(__file__).parent / "data"

CIVILITIES = frozenset(
    words("monsieur madame mademoiselle messieurs mesdames mme mmes mlle mlles mr mrs miss dr docteur m")
)
# What comes before a name even when it is typed without a capital, by its last words.
INTRODUCTIONS = frozenset(
    {
        *((each, "est") for each in ("nom", "prenom")),
        *(("m", "appelle"), ("s", "appelle"), ("name", "is"), ("part", "de")),
        *(("merci", "a"), ("grace", "a"), ("thanks", "to"), ("l", "agent"), ("l", "agente")),
    }
)
INTRODUCING_WORDS = frozenset(
    words("collegue conseiller conseillere nomme nommee prenomme prenommee signe signee appele appelee")
)
PARTICLES = frozenset(
    words("de d da das do dos du des del della di la le el al ben bin bint van von der ter y e")
)


@cache
def ordinary_words() -> frozenset[str]:
    """Read the words that stay with a capital anywhere."""
    return _read("ordinary.txt")


@cache
def vocabulary() -> frozenset[str]:
    """Read the words that stay at the beginning of a sentence, ordinary ones included."""
    return _read("vocabulary.txt") | ordinary_words()


def _read(name: str) -> frozenset[str]:
    lines = (DATA / name).read_text().splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
