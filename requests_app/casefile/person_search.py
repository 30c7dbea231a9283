"""Find a person within what the agent may know (threats: A05).

A name, or the last digits of a phone, finds only persons known to the agent's own Maisons by a ticket they
may read; anyone else is found by an exact phone, an exact e-mail, or the name with the whole birth date.
Finding somebody gives no right to read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from requests_app.access.scope import Scope
from requests_app.lib import phones
from requests_app.people.models import ContactPoint, Person
from requests_app.people.near_names import NAME_WORDS, holding, near_words
from requests_app.people.search_query import SearchQuery
from requests_app.people.similarity import is_similar
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.models import Ticket
from requests_app.tickets.who import understand_query

MAX_ROWS = 8
FEW = 4  # fewer results than that: similar names are searched too
LOOKED_AT = 30  # similar by the whole name, compared word by word
MIN_WORD_LENGTH = 2  # characters; a single letter would list half the town


@dataclass(frozen=True, slots=True)
class PersonFound:
    """One row of suggestions. ``phone`` is masked; ``open_count`` counts what the agent may read."""

    id: int
    name: str
    birth_year: int | None
    phone: str
    open_count: int


def search_people(
    scope: Scope, query: str, *, at: datetime, expected: QuerySet[Any] | None = None
) -> list[PersonFound]:
    """Find persons by what was typed, best match first; at most three statements, four for six letters.

    ``expected`` selects the ids of persons expected today at the agent's Maisons: known, whatever
    their tickets. A year only sorts: « ben ali 68 » shows those born in 1968 first, then the others.
    """
    asked = understand_query(query, today=at.astimezone(PARIS).date())
    if asked.phone or asked.email:
        return _lines(_rank(_any_of(_find_by_contacts(asked)), asked), scope)
    numbered = _lines(_persons_of_ticket(asked.reference, scope), scope) if asked.reference else []
    if numbered:
        return numbered
    if not asked.words:
        return _find_by_digits(asked, scope, expected)
    if not any(len(word) >= MIN_WORD_LENGTH for word in asked.words):
        return []
    allowed = _known_here(scope, expected) | _named_with_birth(asked)
    found = _lines(_rank(Person.objects.filter(allowed & _name_q(asked.words)), asked), scope)
    if len(found) >= FEW:
        return found
    return found + _alike(allowed, asked, scope, [line.id for line in found])


def likely_same(
    scope: Scope, asked: SearchQuery, *, expected: QuerySet[Any] | None = None
) -> list[PersonFound]:
    """Find who a new person may already be: the same phone or e-mail, or the same name and birth year.

    The latter only among those the agent may find by name (threats: A02). One statement.
    """
    same = _find_by_contacts(asked)
    if asked.words and asked.birth_years:
        allowed = _known_here(scope, expected) | _named_with_birth(asked)
        born = Q(birth_year__in=asked.birth_years)
        same.append(Person.objects.filter(allowed & _name_q(asked.words) & born).values("pk"))
    return _lines(_rank(_any_of(same), asked), scope) if same else []


def _alike(allowed: Q, asked: SearchQuery, scope: Scope, but: list[int]) -> list[PersonFound]:
    """Find similar names: one wrong letter, « benali » for « Ben Ali ».

    Each term must be similar to one word of the name: « samira benoli » is not any Samira.
    """
    typed, every = " ".join(asked.words), Q()
    for close in near_words(asked.words).values():
        every &= holding(close)
    near = Person.objects.alias(name_words=NAME_WORDS).filter(allowed, every).exclude(pk__in=but)
    similarity = RawSQL("word_similarity(%s, search_name)", [typed], output_field=FloatField())
    lines = _lines(near.order_by(similarity.desc(), "search_name", "pk"), scope, at_most=LOOKED_AT)
    similar = [line for line in lines if all(is_similar(word, line.name) for word in asked.words)]
    return similar[: MAX_ROWS - len(but)]


def _any_of(found: list[QuerySet[Any]]) -> QuerySet[Person]:
    """Combine several lists of ids.

    United before the persons are read: for « one list OR another », PostgreSQL reads every person.
    """
    first, *others = found
    return Person.objects.filter(pk__in=first.union(*others) if others else first)


def _persons_of_ticket(reference: str, scope: Scope) -> QuerySet[Person]:
    """Select the person of a ticket that the agent may read."""
    named = Ticket.objects.readable(scope).filter(reference=reference)
    return Person.objects.filter(pk__in=named.values("person"))


def _find_by_digits(asked: SearchQuery, scope: Scope, expected: QuerySet[Any] | None) -> list[PersonFound]:
    """Find persons known here by digits alone: « 12 34 » ends a telephone, « 1985 » may be a birth year too.

    A year matches hundreds: only those to be shown are read in full.
    """
    known, same, born = _known_here(scope, expected), list[QuerySet[Any]](), Q()
    if asked.phone_end:
        same.append(ContactPoint.objects.ending_with(asked.phone_end).values("person"))
    if asked.birth_date:
        born = Q(birth_date=asked.birth_date)
    elif asked.phone_end in map(str, asked.birth_years):
        born = Q(birth_year__in=asked.birth_years)
    if born:
        theirs = Person.objects.filter(born, known, merged_into=None)
        same.append(theirs.order_by("search_name", "pk").values("pk")[:MAX_ROWS])
    return _lines(_rank(_any_of(same).filter(known), asked), scope) if same else []


def _find_by_contacts(asked: SearchQuery) -> list[QuerySet[Any]]:
    """Return the ids of those who have the telephone or e-mail typed."""
    given = [(ContactPoint.Kind.PHONE, asked.phone), (ContactPoint.Kind.EMAIL, asked.email)]
    return [ContactPoint.objects.at(kind, value).values("person") for kind, value in given if value]


def _known_here(scope: Scope, expected: QuerySet[Any] | None) -> Q:
    """Match persons known to the agent's own Maisons: by a ticket they may read, or expected there today.

    A name known only by a reserved ticket would reveal that there is one (threats: A03).
    """
    if scope.listed_places.everywhere:
        return Q(pk__isnull=False)
    known = Q(Exists(Ticket.objects.filter(person=OuterRef("pk")).readable(scope)))
    return known | Q(pk__in=expected) if expected is not None else known


def _named_with_birth(asked: SearchQuery) -> Q:
    """Match the name and the whole birth date: every term is a word of the name, family name included."""
    if asked.birth_date is None:
        return Q(pk__in=[])
    return Q(birth_date=asked.birth_date) & _whole_words(asked.words) & _holds_family_name(asked.words)


def _whole_words(typed: Iterable[str]) -> Q:
    every = Q()
    for word in typed:
        every &= Q(search_name__contains=f" {word} ") | Q(search_name__endswith=f" {word}")
    return every


def _holds_family_name(typed: Iterable[str]) -> Q:
    """Match persons whose family name, as indexed, is made of the terms typed."""
    sentence = f" {' '.join(typed)} "
    names = "' ' || people_plain_name({0}) || ' '"
    either = " OR ".join(
        f"({column} <> '' AND %s LIKE '%%' || {names.format(column)} || '%%')"
        for column in ("people_person.family_name", "people_person.usage_name")
    )
    return Q(RawSQL(f"({either})", [sentence, sentence], output_field=BooleanField()))  # noqa: S611


def _name_q(typed: tuple[str, ...]) -> Q:
    """Match names where every term begins a word, in any order; two words may be written as one."""
    spellings = [typed] + [
        (*typed[:n], typed[n] + typed[n + 1], *typed[n + 2 :]) for n in range(len(typed) - 1)
    ]
    either = Q()
    for spelling in spellings[:4]:
        every = Q()
        for word in spelling:
            every &= Q(search_name__contains=f" {word}")
        either |= every
    return either


def _rank(persons: QuerySet[Person], asked: SearchQuery) -> QuerySet[Person]:
    """Sort by birth year first, then by exact spelling."""
    order: list[Any] = []
    if asked.birth_years:
        order.append(Case(When(birth_year__in=asked.birth_years, then=Value(0)), default=Value(1)))
    if asked.words:
        order.append(Case(When(_whole_words(asked.words), then=Value(0)), default=Value(1)))
    return persons.order_by(*order, "search_name", "pk")


def _lines(persons: QuerySet[Person], scope: Scope, at_most: int = MAX_ROWS) -> list[PersonFound]:
    """Build rows with a phone and the number of open tickets the agent may read, in one statement."""
    phone = ContactPoint.objects.filter(person=OuterRef("pk"), kind=ContactPoint.Kind.PHONE).order_by("pk")
    mine = Ticket.objects.open().readable(scope).filter(person=OuterRef("pk"))
    counted = mine.order_by().values("person").annotate(n=Count("pk")).values("n")
    rows = (
        persons.filter(merged_into=None)
        .annotate(
            a_phone=Coalesce(Subquery(phone.values("value")[:1]), Value(""), output_field=CharField()),
            open_tickets=Coalesce(Subquery(counted), 0),
            called=Case(When(usage_name="", then=F("family_name")), default=F("usage_name")),
        )
        .values_list("pk", "given_name", "called", "birth_year", "a_phone", "open_tickets")
    )
    return [
        PersonFound(pk, f"{given} {called}".strip(), year, phones.mask(value) if value else "", count)
        for pk, given, called, year, value, count in rows[:at_most]
    ]
