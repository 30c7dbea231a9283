"""A person met for the first time, from what was typed about them."""

from requests_app.people.search_query import SearchQuery
from requests_app.people.services import NewPerson
from requests_app.people.written_names import split_typed_name


def newcomer(asked: SearchQuery) -> NewPerson:
    """Build a record to create from « kerbec nadia 06 39 98… »."""
    given, family = split_typed_name(asked.name)
    born = asked.birth_name
    born = born.title() if born.islower() or born.isupper() else born
    family, usage = (born, family) if born else (family, "")
    year = asked.birth_years[0] if len(asked.birth_years) == 1 and asked.name else None
    return NewPerson(given, family, year, asked.birth_date, asked.phone, asked.email, usage_name=usage)
