"""Tell which of our languages a text is written in, by the small words that only one of them has."""

import re
from typing import Final

from django.conf import settings
from django.utils import translation

from requests_app.lib.text import fold

MAX_READ = 4_000
MIN_SURE = 2  # « Merci » alone or « OK » alone proves nothing
_WORD = re.compile(r"[a-z]+")
# Words that the other language also has are left out (« on », « me », « an »), and those of a third (« la
# »).
_FRENCH: Final = """
le les des du une et est je j il elle nous vous mon ma mes ce cette qui quand comment pas pour avec sur
dans au aux ne n suis sont ai avez ete bonjour bonsoir merci votre vos notre demande besoin voudrais
peux pouvez faire cordialement rendez aide toujours depuis parce mais ou
"""
_ENGLISH: Final = """
the and of is are was were my you your he she it this that with for from to have has had not i am we our
they can could please need help hello dear thanks thank want would when where what how who there do does
did be been at but if because about regards sincerely still any some will
"""
_SMALL = {"fr": frozenset(_FRENCH.split()), "en": frozenset(_ENGLISH.split())}


def language_of(text: str) -> str:
    """Return « en », « fr », or "" when unsure: twice as many small words as of the other language.

    A French subject above text in another script tells nothing about its author.
    """
    folded = fold(text[:MAX_READ])
    words = _WORD.findall(folded)
    if 2 * sum(map(len, words)) < sum(map(str.isalpha, folded)):
        return ""
    counts = {code: sum(word in small for word in words) for code, small in _SMALL.items()}
    first, second = sorted(counts, key=lambda code: -counts[code])
    is_sure = counts[first] >= MIN_SURE and counts[first] >= 2 * counts[second]
    return first if is_sure else ""


def speaking(language: str) -> translation.override:
    """Switch to a person's language when it is one of ours, else to the administration's."""
    known = {code for code, _name in settings.LANGUAGES}
    return translation.override(language if language in known else settings.LANGUAGE_CODE)
