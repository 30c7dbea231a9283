"""Whom a message speaks of: « M. Oumar Girard sort jeudi », « pour ma mère, Fatou Diop ». Only proposed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from requests_app.lib import phones
from requests_app.people.occupations import says_occupation
from requests_app.people.plain_names import name_words as words

MAX_READ = 4000  # characters of a message
MAX_LINES = 60
MAX_WORDS = 4  # of a name
MAX_NAMED = 3
RELATIVE, ASIDE = "relative", "aside"
TITLE = re.compile(
    r"(?<!\w)(?:M|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle|Mrs|Ms)(?!\w)\.?[ \t]{1,3}(?=[^\W\d_])"
)
RELATION = re.compile(
    r"(?<!\w)(?:m(?:a|on) (?:mère|maman|père|papa|mari|femme|épouse|époux|compagnon|compagne|fils|fille|frère"
    r"|sœur|soeur|oncle|tante|grand-mère|grand-père|belle-mère|beau-père|voisine?|amie?|conjointe?)"
    r"|my (?:mother|mum|father|dad|husband|wife|partner|son|daughter|brother|sister|neighbour|friend)"
    r"|patiente?|résidente?|concernant|au nom de|pour le compte de|nomm[ée]e?|on behalf of)"
    r"(?!\w)[ \t]{0,3}[,:]?[ \t]{1,3}(?=[^\W\d_])",
    re.IGNORECASE,
)
TITLES = {"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "mrs", "ms", "dr"}
PARTICLES = {"de", "du", "des", "la", "le", "el", "al", "ben", "ibn", "bin", "van", "von", "da", "dos", "di"}
GREETINGS = {"bonjour", "bonsoir", "cher", "chère", "chers", "dear", "hello", "merci", "attention"}
ELIDED = re.compile(r"^[dlDL]['’]")  # « d’Arc »
CLOSED_BY = '.,;:!?)»"”'
PHONE = re.compile(r"(?<![\w+])(?:\+|00)?\(?\d(?:[ .\-()/]?\d){8,13}(?!\w)")
OF_OFFICE = re.compile(r"(?:tél|tel|téléphone|phone|fax|standard|secrétariat)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody the words speak of; ``phone`` is E.164, or "" when none stands beside the name.

    ``is_relative``: the author calls them theirs, « ma mère ».
    """

    name: str
    phone: str = ""
    is_relative: bool = False


def named_in(text: str, *, but: str = "") -> list[Named]:
    """Those a message speaks of, in order, without who wrote it (``but``), who is greeted and who signs."""
    lines = [line.strip() for line in text[:MAX_READ].splitlines() if line.strip()][:MAX_LINES]
    aside, found = set(words(but)), dict[str, Named]()
    for at, line in enumerate(lines):
        for name, what in _names(line, is_first=at == 0):
            if what == ASIDE:
                aside |= set(words(name))
            else:
                found.setdefault(name, Named(name, _phone_in(lines[at : at + 2]), what == RELATIVE))
    others = [each for each in found.values() if not aside & set(words(each.name))]
    return _whole(others)[:MAX_NAMED]


def signed_by(text: str) -> str:
    """The name alone on one of the last lines, or ""; two or three words that begin as names do."""
    lines = [line.strip(" \t,.-–—") for line in text[:MAX_READ].splitlines() if line.strip()]
    for line in reversed(lines[-4:]):
        parts = line.split()
        if (
            2 <= len(parts) <= 3
            and all(_is_name(part) for part in parts)
            and words(parts[0])[0] not in GREETINGS
        ):
            return line
    return ""


def _names(line: str, *, is_first: bool) -> Iterator[tuple[str, str]]:
    """Each name of a line, and what it is there: that of a relative, of somebody aside, or just a name."""
    for found in RELATION.finditer(line):
        name = _name_at(line[found.end() :])
        if " " in name:
            yield name, RELATIVE if found[0][:2].lower() in {"ma", "mo", "my"} else ""
    for found in TITLE.finditer(line):
        if name := _name_at(line[found.end() :]):
            is_aside = _is_aside(line, found.start(), found.end() + len(name), is_first)
            yield name, ASIDE if is_aside else ""


def _name_at(rest: str) -> str:
    """The words of a name that begin here, "" when they do not."""
    taken: list[str] = []
    for word in rest[:120].split()[: MAX_WORDS + 2]:
        bare = word.strip(CLOSED_BY)
        if bare.lower() in TITLES or not (_is_name(bare) or bare.lower() in PARTICLES):
            break
        taken.append(bare)
        if word[-1] in CLOSED_BY or len(taken) == MAX_WORDS:
            break
    while taken and taken[-1].lower() in PARTICLES:
        taken.pop()
    return " ".join(taken) if any(_is_name(word) for word in taken) else ""


def _is_name(word: str) -> bool:
    """A word that begins with a capital and is made of letters; scripts without capitals have names too."""
    letters = ELIDED.sub("", word).replace("-", "").replace("'", "").replace("’", "")
    return len(letters) > 1 and letters.isalpha() and not letters[0].islower()


def _is_aside(line: str, start: int, end: int, is_first: bool) -> bool:
    """Who is greeted, or who signs: « Bonjour Mme Roux, », « Mme Roux, service social »."""
    before, after = words(line[:start]), line[end:].strip(" \t")
    if before and before[-1] in GREETINGS and ("," not in line[:start] or after[:1] in {",", ""}):
        return True
    if after[:1] in {",", "-", "–", "—", "(", "/"} and says_occupation(after[:60]):
        return True
    return not before and (not after.strip(CLOSED_BY) or (is_first and after == ","))


def _phone_in(lines: list[str]) -> str:
    """The first number of these lines that is not an office’s."""
    for line in lines:
        for found in PHONE.finditer(line):
            if not OF_OFFICE.search(line[max(0, found.start() - 20) : found.start()]):
                return phones.e164(found[0])
    return ""


def _whole(found: list[Named]) -> list[Named]:
    """« M. Girard » after « M. Oumar Girard » is the same person."""
    return [each for each in found if not any(_parts(each.name) < _parts(other.name) for other in found)]


def _parts(name: str) -> set[str]:
    return set(name.casefold().split())
