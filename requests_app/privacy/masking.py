"""Remove third parties from a text given to its person: names, addresses, numbers (P04)."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.lib.phones import e164
from requests_app.people.models import ContactPoint, Mandate, Person
from requests_app.tickets.models import Note, Participant, Ticket, Touchpoint

MIN_NAME_LENGTH = 3  # « De » is a word of every text
MIN_HOME_LENGTH = 6  # « Lyon » is a word of every text too
_ADDRESS = re.compile(r"[^\s@<>,;:()\"]{1,64}+@[^\s@<>,;:()\"]{1,255}+")
_LINE_END = re.compile(r"[,\n]")
_NUMBER = re.compile(r"\+?\d(?:[ .\-]?\d){6,14}")


@dataclass(frozen=True, slots=True)
class ThirdParties:
    """Everybody but the person: names, addresses they write from; ``own`` are those that may be shown.

    ``by_hand`` are further words the agent hides, wherever they stand.
    """

    names: tuple[str, ...]
    addresses: frozenset[str]
    own: frozenset[str]
    by_hand: tuple[str, ...] = ()

    def mask(self, text: str) -> str:
        """Return the text without third parties."""
        masked = _ADDRESS.sub(self._address, text)
        masked = _NUMBER.sub(self._number, masked)
        for name in self.names:
            masked = _replace(masked, name, someone())
        return self.hide(masked)

    def hide(self, text: str) -> str:
        """Remove from the person's own text only what the agent hides."""
        for words in self.by_hand:
            text = _replace(text, words, someone())
        return text

    def wrote(self, sender: str) -> bool:
        """Tell whether somebody else sent it."""
        return bool(sender) and (sender.lower() in self.addresses or self._is_named(sender))

    def _is_named(self, sender: str) -> bool:
        return any(name.casefold() == sender.casefold() for name in self.names)

    def _address(self, found: re.Match[str]) -> str:
        is_ours = found[0].lower().endswith(f"@{settings.MAIL_DOMAIN}")
        return found[0] if is_ours or found[0].lower().rstrip(".") in self.own else someone()

    def _number(self, found: re.Match[str]) -> str:
        number = e164(found[0])
        return someone() if number and number not in self.own else found[0]


def someone() -> str:
    """Return the placeholder for a third party."""
    return _("[un tiers]")


def third_parties(
    persons: Collection[Person], ticket_ids: Collection[int], *, by_hand: Collection[str] = ()
) -> ThirdParties:
    """Find all third parties of these tickets; the same statements for one ticket as for ten."""
    points = ContactPoint.objects.filter(person__in=persons).values_list("value", flat=True)
    own = frozenset({*points, e164(settings.AUTHORITY_PHONE)})
    beside = Participant.objects.filter(ticket__in=ticket_ids).exclude(person__in=persons)
    taking = list(beside.values_list("address", "name"))
    held = list(Mandate.objects.filter(person__in=persons).values_list("address", "holder"))
    senders = Touchpoint.objects.filter(ticket__in=ticket_ids, direction="in").values("sender")
    others = ContactPoint.objects.filter(value__in=senders).exclude(value__in=own)
    addresses = {address.lower() for address, _name in (*taking, *held) if address} - own
    addresses |= set(others.values_list("value", flat=True))
    records = Person.objects.filter(
        Q(pk__in=beside.values("person")) | Q(contact_points__value__in=addresses)
    ).exclude(pk__in=[person.pk for person in persons])
    names = {name for _address, name in (*taking, *held)} | set(_agents(ticket_ids))
    names |= {name for record in records for name in _words(record)}
    theirs = {word.casefold() for person in persons for word in _words(person)}
    found = _parts(names, theirs) | _homes(ticket_ids, addresses)
    return ThirdParties(_longest_first(found), frozenset(addresses), own, _longest_first(by_hand))


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, words), key=lambda each: (-len(each), each)))


def _agents(ticket_ids: Collection[int]) -> set[str]:
    """Return the agents who answered, wrote notes, or have it."""
    said = Touchpoint.objects.filter(ticket__in=ticket_ids, author__isnull=False).values("author")
    noted = Note.objects.filter(ticket__in=ticket_ids).values("author")
    given = Ticket.objects.filter(pk__in=ticket_ids, assignee__isnull=False).values("assignee")
    agents = User.objects.filter(Q(pk__in=said) | Q(pk__in=noted) | Q(pk__in=given))
    return {agent.full_name for agent in agents}


def _homes(ticket_ids: Collection[int], addresses: Collection[str]) -> set[str]:
    """Return postal addresses that others gave in these tickets, less those that the person gave too."""
    came = Touchpoint.objects.filter(ticket__in=ticket_ids, direction="in", facts__has_key="postal")
    theirs, own = set[str](), set[str]()
    for sender, postal in came.values_list("sender", "facts__postal"):
        lines = {line.strip() for line in _LINE_END.split(str(postal or ""))}
        (theirs if sender.lower() in addresses else own).update(
            line for line in lines if len(line) >= MIN_HOME_LENGTH
        )
    return theirs - own


def _words(person: Person) -> Iterable[str]:
    yield person.full_name
    for name in (person.given_name, person.family_name, person.usage_name):
        yield from (name, *name.replace("-", " ").split())


def _parts(names: Iterable[str], theirs: Collection[str]) -> set[str]:
    """Return full names, then each of their words, less those that are the person's own."""
    parts = {part for name in names for part in (name, *name.split())}
    return {part for part in parts if len(part) >= MIN_NAME_LENGTH and part.casefold() not in theirs}


def _replace(text: str, name: str, by: str) -> str:
    """Replace whole words only, whatever the case."""
    parts, folded, wanted, start = [], text.casefold(), name.casefold(), 0
    if len(folded) != len(text):  # « ß » folds to two characters: case then counts
        folded, wanted = text, name
    while (at := folded.find(wanted, start)) >= 0:
        end = at + len(wanted)
        is_word = not folded[at - 1 : at].isalnum() and not folded[end : end + 1].isalnum()
        parts += [text[start:at], by if is_word else text[at:end]]
        start = end
    return "".join([*parts, text[start:]])
