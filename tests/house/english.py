"""The French left on a page in English: sentences of the catalogue, little words of no other language."""

import re
from functools import cache
from html.parser import HTMLParser

from babel.messages.pofile import read_po
from django.conf import settings

SEEN = ("aria-label", "alt", "title", "placeholder", "data-done", "data-busy")
SILENT = {"script", "style", "svg", "datalist", "textarea"}
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")  # an address is no sentence
LITTLE = re.compile(
    r"\b(le|les|une|des|du|est|sont|vous|votre|vos|nous|notre|nos|pour|avec|dans|sur|pas|ou|où|et|aux?|ce|cette"
    r"|qui|que|êtes|avez|avant|après|jusqu|demande|demandes|réponse|lundi|mardi|mercredi|jeudi|vendredi)\b|[’']il\b",
    re.IGNORECASE,
)


class _Words(HTMLParser):
    """What people read or hear of a page, less what is marked as French."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.open: list[tuple[str, bool]] = []

    @property
    def is_silent(self) -> bool:
        return any(hides for _tag, hides in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        hides = tag in SILENT or given.get("lang", "en")[:2] != "en"
        if not self.is_silent and not hides:
            self.said += [given[name] for name in SEEN if given.get(name)]
        if tag not in {"br", "hr", "img", "input", "link", "meta", "circle", "path", "use", "line"}:
            self.open.append((tag, hides))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.is_silent and data.strip():
            self.said.append(" ".join(data.split()))


@cache
def _french_sentences() -> frozenset[str]:
    """The sentences of the catalogue whose translation is another one."""
    with open(settings.BASE_DIR / "locale/en/LC_MESSAGES/django.po", "rb") as file:
        catalogue = read_po(file, locale="en")
    pairs = [(message.id, message.string) for message in catalogue if isinstance(message.id, str)]
    english = {str(translated).strip() for _source, translated in pairs}
    return frozenset(
        source.strip() for source, translated in pairs if source and source != translated
    ) - frozenset(english)


def french_left(page: str, *, names: frozenset[str] = frozenset()) -> list[str]:
    """What a page in English still says in French; ``names`` are proper: places, people, authorities."""
    reader = _Words()
    reader.feed(page)
    left = []
    for said in reader.said:
        plain = MAIL.sub("", said.replace("\u202f", " ").replace("\xa0", " "))
        for name in sorted(names, key=len, reverse=True):
            plain = plain.replace(name, "")
        if plain.strip() in _french_sentences() or LITTLE.search(plain):
            left.append(said)
    return left
