"""Who a message mentions: « M. Oumar Girard sort jeudi », « pour ma mère, Fatou Diop ». Only proposed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from requests_app.lib import phones
from requests_app.people.occupations import says_occupation, signs_as
from requests_app.people.plain_names import name_words as words
from requests_app.people.written_names import is_organisation

MAX_READ = 4000  # characters of a message
MAX_LINES = 60
MAX_WORDS = 4  # of a name
MAX_NAMED = 3
MAX_SELF = 120  # characters read after « je suis »
RELATIVE, ASIDE = "relative", "aside"
TITLE = re.compile(
    r"(?<!\w)(?:M|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle|Mrs|Ms)(?!\w)\.?[ \t]{1,3}(?=[^\W\d_])"
)
RELATION = re.compile(
    r"(?<!\w)(?:m(?:a|on) (?:mère|maman|père|papa|mari|femme|épouse|époux|compagnon|compagne|fils|fille|frère"
    r"|sœur|soeur|oncle|tante|grand[ -]mère|grand[ -]père|belle-mère|beau-père|voisine?|amie?|conjointe?)"
    r"|my (?:mother|mum|father|dad|husband|wife|partner|son|daughter|brother|sister|neighbour|friend)"
    r"|patiente?|résidente?|concernant|concerne|situation de|au nom de|pour le compte de|nomm[ée]e?"
    r"|on behalf of)(?!\w)(?:[ \t]{1,3}(?:qui )?(?:s['’ ]appelle|se nomme|is called))?"
    r"[ \t]{0,3}[,:]?[ \t]{1,3}(?=[^\W\d_])",
    re.IGNORECASE,
)
TITLES = {"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "mrs", "ms", "dr"}
PARTICLES = {"de", "du", "des", "la", "le", "el", "al", "ben", "ibn", "bin", "van", "von", "da", "dos", "di"}
GREETINGS = {"bonjour", "bonsoir", "cher", "chère", "chers", "dear", "hello", "merci", "attention"}
# What « je suis » says of an author who gives no name.
NO_NAMES = {
    *(
        "bénéficiaire",
        "allocataire",
        "locataire",
        "propriétaire",
        "retraité",
        "retraitée",
        "enceinte",
        "seul",
    ),
    *("célibataire", "maman", "papa", "français", "française", "étranger", "étrangère", "demandeur", "seule"),
    *("demandeuse", "handicapé", "handicapée", "malade", "urgent", "looking", "interested", "sorry", "sans"),
}
ELIDED = re.compile(r"^[dlDL]['’]")  # « d’Arc »
CLOSED_BY = '.,;:!?)»"”'
PHONE = re.compile(r"(?<![\w+])(?:\+|00)?\(?\d(?:[ .\-()/]?\d){8,13}(?!\w)")
BIRTH = re.compile(r"[ ,(]{0,3}n[ée]e?(?:\(e\))? le (\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})(?!\d)")
# « Sa fille est joignable au… » gives no number of theirs.
OF_ANOTHER = re.compile(
    r"(?<!\w)(?:s(?:a|on|es)|leurs?|l[ea]|his|her|their) (?:belle-|beau-|petite?-|grand-|grands-)?"
    r"(?:filles?|fils|mère|père|parents|mari|femme|épouse|époux|compagn(?:on|e)|conjointe?|frère|sœur|soeur"
    r"|voisine?|nièce|neveu|tante|oncle|ami|amie|aidante?|tut(?:eur|rice)|curat(?:eur|rice)|infirmière?"
    r"|daughter|son|wife|husband|mother|father|sister|brother|neighbour)(?!\w)",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[.!?;\n](?=\s|$)")
SELF = re.compile(
    r"(?<!\w)(?:je suis|je m['’ ]appelle|je me nomme|(?:moi )?c['’ ]est|mon nom est|my name is|i am|i['’]m)"
    r"[ \t]{1,3}(?=[^\W\d_])",
    re.IGNORECASE,
)
OF_OFFICE = re.compile(r"(?:tél|tel|téléphone|phone|fax|standard|secrétariat)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameMention:
    """Somebody the text mentions; ``phone`` is E.164, or "" when none stands beside the name.

    ``is_relative``: the author calls them theirs, « ma mère ». ``birth`` is the day written after the name.
    """

    name: str
    phone: str = ""
    is_relative: bool = False
    birth: str = ""


def named_in(text: str, *, but: str = "") -> list[NameMention]:
    """Return those a message mentions, in order, but its author (``but``), who is greeted and who signs."""
    lines = [line.strip() for line in text[:MAX_READ].splitlines() if line.strip()][:MAX_LINES]
    aside, found = set(words(but)), dict[str, NameMention]()
    for at, line in enumerate(lines):
        for name, what, end in _names(line, is_first=at == 0):
            if what == ASIDE:
                aside |= set(words(name))
                continue
            below = "\n".join([line[end:], *lines[at + 1 : at + 2]])
            birth = BIRTH.match(below)
            named = NameMention(name, _phone_in(below), what == RELATIVE, birth[1] if birth else "")
            found.setdefault(name, named)
    others = [each for each in found.values() if not aside & set(words(each.name))]
    return _whole(others)[:MAX_NAMED]


def signed_by(text: str) -> str:
    """Return the name alone on one of the last lines, or ""; two or three words that begin as names do."""
    lines = [line.strip(" \t,.-–—") for line in text[:MAX_READ].splitlines() if line.strip()]
    for at, line in reversed(list(enumerate(lines))[-4:]):
        parts = line.split()
        if signs_as(line) or any(signs_as(near) for near in lines[max(0, at - 1) : at + 2]):
            continue
        if (
            2 <= len(parts) <= 3
            and all(_is_name(part) for part in parts)
            and words(parts[0])[0] not in GREETINGS
        ):
            return line
    return ""


def self_named(text: str) -> str:
    """Return the name authors give as theirs, or "": « je suis Awa Diallo », « c’est Karim Benali »."""
    for found in SELF.finditer(text[:MAX_READ]):
        rest = text[found.end() : found.end() + MAX_SELF].partition("\n")[0]
        name = _name_at(rest)
        after = rest[rest.find(name) + len(name) :].lstrip()
        if _is_whole(name) and not after.lower().startswith(("qui ", "que ", "qu’", "qu'", "who ")):
            return name
    return ""


def _is_whole(name: str) -> bool:
    """Tell whether it has at least two words, and is neither an occupation nor an organisation."""
    names = [word for word in name.split() if _is_name(word)]
    is_other = (
        says_occupation(name) or is_organisation(name) or (GREETINGS | NO_NAMES) & set(name.lower().split())
    )
    return len(names) > 1 and not is_other


def _names(line: str, *, is_first: bool) -> Iterator[tuple[str, str, int]]:
    """Yield each name of a line, its kind (of a relative, of a bystander, or just a name) and its end."""
    for found in RELATION.finditer(line):
        name = _name_at(line[found.end() :])
        if " " in name:
            is_theirs = found[0][:2].lower() in {"ma", "mo", "my"}
            yield name, RELATIVE if is_theirs else "", found.end() + len(name)
    for found in TITLE.finditer(line):
        name = _name_at(line[found.end() :])
        if name and not says_occupation(name):
            end = found.end() + len(name)
            yield name, ASIDE if _is_aside(line, found.start(), end, is_first) else "", end


def _name_at(rest: str) -> str:
    """Return the words of a name that begin here, "" when none does."""
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
    """Tell whether a word is capitalised letters; scripts without capitals have names too."""
    letters = ELIDED.sub("", word).replace("-", "").replace("'", "").replace("’", "")
    return len(letters) > 1 and letters.isalpha() and not letters[0].islower()


def _is_aside(line: str, start: int, end: int, is_first: bool) -> bool:
    """Tell whether it is who is greeted, or signs: « Bonjour Mme Roux, », « mon infirmière Mme Roux »."""
    before, after = words(line[:start]), line[end:].strip(" \t")
    if before and before[-1] in GREETINGS and ("," not in line[:start] or after[:1] in {",", ""}):
        return True
    if says_occupation(" ".join(before[-2:])):
        return True
    if after[:1] in {",", "-", "–", "—", "(", "/"} and says_occupation(after[:60]):
        return True
    return not before and (not after.strip(CLOSED_BY) or (is_first and after == ","))


def _phone_in(below: str) -> str:
    """Return the first number after a name, unless it is an office's or another person's."""
    other = TITLE.search(below)
    own = below[: other.start()] if other else below
    for found in PHONE.finditer(own):
        before = own[: found.start()]
        sentence = SENTENCE.split(before)[-1]
        if not OF_OFFICE.search(before[-20:]) and not OF_ANOTHER.search(sentence):
            return phones.e164(found[0])
    return ""


def _whole(found: list[NameMention]) -> list[NameMention]:
    """Drop short forms: « M. Girard » after « M. Oumar Girard » is the same person."""
    return [each for each in found if not any(_parts(each.name) < _parts(other.name) for other in found)]


def _parts(name: str) -> set[str]:
    return set(name.casefold().split())
