"""Records that may be of the same person, among those the agent may know (threats: A02)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from requests_app.access.scope import Scope
from requests_app.casefile.profile import openable
from requests_app.people.duplicates import Identity, Similarity, compare
from requests_app.people.models import ContactPoint, MergeLog, NotDuplicate, Person
from requests_app.people.models.merges import UNDONE_WITHIN
from requests_app.people.near_names import NAME_WORDS, holding, near_words
from requests_app.people.plain_names import name_words
from requests_app.people.selectors import Point

MAX_ROWS = 3
LOOKED_AT = 30
Contacts = dict[int, list[tuple[str, str, bool]]]


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody who may be the same person, and why in words."""

    id: int
    name: str
    birth_year: int | None
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Different:
    """Somebody an agent said to be another person."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge that can still be undone."""

    id: int
    name: str
    agent: str
    at: datetime
    until: datetime


def duplicates_of(person: Person, points: Iterable[Point], *, scope: Scope) -> list[Likely]:
    """List the likeliest first; four statements, however many are similar, each by an index."""
    contacts = [(point.kind, point.value, point.is_shared) for point in points]
    theirs = _contacts_shared(person, contacts)
    candidates = _openable_persons({*theirs, *_alike(person)}, person, scope)
    me = _identity(person, contacts)
    compared = [(compare(me, _identity(other, theirs.get(other.pk, []))), other) for other in candidates]
    enough = [(similarity, other) for similarity, other in compared if similarity.is_possible]
    enough.sort(key=lambda pair: (-pair[0].score, pair[1].pk))
    return [_likely(similarity, other) for similarity, other in enough[:MAX_ROWS]]


def said_different(person_id: int, *, scope: Scope) -> list[Different]:
    """List those an agent said to be somebody else, whom this agent may know; two statements."""
    pairs = NotDuplicate.objects.filter(Q(first=person_id) | Q(second=person_id))
    ids = {pk for pair in pairs.values_list("first", "second") for pk in pair} - {person_id}
    others = Person.objects.filter(openable(scope), pk__in=ids).order_by("search_name", "pk") if ids else []
    return [Different(other.pk, other.full_name) for other in others]


def merges_of(person_id: int, *, now: datetime) -> list[Merge]:
    """List merges that can still be undone, latest first; one statement."""
    logs = MergeLog.objects.undoable(now).filter(survivor=person_id).select_related("merged", "by")
    return [
        Merge(log.pk, log.merged.full_name, log.by.full_name, log.at, log.at + UNDONE_WITHIN)
        for log in logs.order_by("-at", "-pk")
    ]


def _contacts_shared(person: Person, contacts: list[tuple[str, str, bool]]) -> Contacts:
    """Return who else answers at the person's contacts, by person."""
    found: Contacts = defaultdict(list)
    if contacts:
        same = ContactPoint.objects.filter(_contacts_q(contacts)).exclude(person=person).order_by("pk")
        for pk, kind, value, is_shared in same.values_list("person", "kind", "value", "is_shared")[
            :LOOKED_AT
        ]:
            found[pk].append((kind, value, is_shared))
    return found


def _alike(person: Person) -> list[int]:
    """Find those born the same year with a similar name, or with the same words and no other birth year."""
    given, *families = [
        name_words(name) for name in (person.given_name, person.family_name, person.usage_name)
    ]
    family = [word for name in families for word in name]
    alike = whole & _no_other_birth(person) if (whole := _all_of([given, *families])) else Q()
    if given and family and person.birth_year:
        near = near_words({*given, *family})
        alike |= Q(birth_year=person.birth_year) & _one_of(given, near) & _one_of(family, near)
    if not alike:
        return []
    others = Person.objects.exclude(pk=person.pk).filter(merged_into=None).alias(name_words=NAME_WORDS)
    return list(others.filter(alike).order_by("pk").values_list("pk", flat=True)[:LOOKED_AT])


def _all_of(names: list[list[str]]) -> Q:
    """Match every word of the name with the birth name, or the name in use; one word alone is too little."""
    given, *families = names
    either = Q()
    for family in [name for name in families if name] or [[]]:
        if len(given + family) > 1:
            either |= Q(name_words__contains=[*given, *family])
    return either


def _no_other_birth(person: Person) -> Q:
    """Match persons whose birth is unknown, or of the same year."""
    return Q(birth_year=None) | Q(birth_year=person.birth_year) if person.birth_year else Q()


def _one_of(mine: list[str], near: dict[str, list[str]]) -> Q:
    """Match names written as one word too: « Ben Ali » may be « Benali » there."""
    return holding([*(other for word in mine for other in near[word]), "".join(mine)])


def _openable_persons(ids: Collection[int], person: Person, scope: Scope) -> list[Person]:
    """Return those the agent may know, and whom nobody said to be somebody else."""
    if not ids:
        return []
    known = Person.objects.filter(openable(scope), pk__in=ids, merged_into=None)
    return list(known.exclude(_said_of(person.pk)))


def _said_of(person_id: int) -> Exists:
    """Match persons whom an agent said to be another than this one."""
    one, other = OuterRef("pk"), person_id
    pairs = Q(first=one, second=other) | Q(first=other, second=one)
    return Exists(NotDuplicate.objects.filter(pairs))


def _contacts_q(contacts: list[tuple[str, str, bool]]) -> Q:
    """Match contacts by kind, so that the unique index (kind, value, person) serves."""
    either = Q()
    for kind in ContactPoint.Kind.values:
        if values := [value for its_kind, value, _shared in contacts if its_kind == kind]:
            either |= Q(kind=kind, value__in=values)
    return either


def identity_of(person: Person, points: Iterable[Point]) -> Identity:
    """Return a person as the rules compare them."""
    return _identity(person, [(point.kind, point.value, point.is_shared) for point in points])


def _identity(person: Person, contacts: list[tuple[str, str, bool]]) -> Identity:
    names = (person.given_name, person.family_name, person.usage_name)
    return Identity(*names, person.birth_year, person.birth_date, contacts)


def _likely(similarity: Similarity, other: Person) -> Likely:
    return Likely(other.pk, other.full_name, other.birth_year, similarity.reasons)
