"""Search persons as an agent: within what they may know, rate-limited, and logged (threats: A05)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from requests_app.access.scope import scope_of
from requests_app.access.searches import Method, note_search, too_many
from requests_app.accounts.models import User
from requests_app.casefile.person_search import PersonFound, likely_same, search_people
from requests_app.people.search_query import SearchQuery
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.who import understand_query


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Who was found; ``refusal`` says that there were too many searches, and nobody is shown."""

    persons: list[PersonFound]
    refusal: str = ""


def search_logged(
    *, by: User, typed: str, at: datetime, expected: QuerySet[Any] | None = None
) -> SearchResult:
    """Find persons (see ``search_people``); one more statement, none when there is nothing to search for."""
    way = criterion_of(understand_query(typed, today=at.astimezone(PARIS).date()))
    if not way:
        return SearchResult([])
    persons = search_people(scope_of(by), typed, at=at, expected=expected)
    if note_search(user=by, way=way, found=len(persons), at=at):
        return SearchResult(persons)
    return SearchResult([], too_many(by))


def find_similar(
    *, by: User, asked: SearchQuery, at: datetime, expected: QuerySet[Any] | None = None
) -> SearchResult:
    """Find who a new person may already be (see ``likely_same``), counted like any search."""
    if not (asked.phone or asked.email or (asked.words and asked.birth_years)):
        return SearchResult([])
    persons = likely_same(scope_of(by), asked, expected=expected)
    if note_search(user=by, way=criterion_of(asked), found=len(persons), at=at):
        return SearchResult(persons)
    return SearchResult([], too_many(by))


def criterion_of(asked: SearchQuery) -> str:
    """Return what a person is searched by; empty when the text names nobody."""
    if asked.phone:
        return Method.PHONE
    if asked.email:
        return Method.EMAIL
    if asked.reference:
        return Method.NUMBER
    if asked.phone_end and not asked.words:
        return Method.PHONE_END
    if not asked.words:
        return Method.BIRTH if asked.birth_date else ""
    return Method.BIRTH if asked.birth_date else Method.NAME
