from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from requests_app.accounts.models import User
from requests_app.people.models import ContactPoint, Person
from requests_app.people.services.choices import remove_refused

DEFAULT_USES = [ContactPoint.Use.ANSWER, ContactPoint.Use.REMINDER]


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is known of someone met for the first time; every part may be empty.

    ``phone`` is E.164, ``email`` lower case; ``others`` are more contacts, by kind and value.
    """

    given_name: str = ""
    family_name: str = ""
    birth_year: int | None = None
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    language: str = ""
    usage_name: str = ""
    others: tuple[tuple[str, str], ...] = ()


def points_at(kind: str, value: str) -> list[ContactPoint]:
    """Return a contact point of each person known there, oldest first; several when it is shared."""
    return list(ContactPoint.objects.at(kind, value).select_related("person").order_by("pk"))


def has_both(kind: str, one: str, other: str) -> bool:
    """Tell whether one person is known at both."""
    persons = ContactPoint.objects.at(kind, one).values("person")
    return ContactPoint.objects.at(kind, other).filter(person__in=persons).exists()


def create_person(*, new: NewPerson, at: datetime, by: User | None = None) -> Person:
    """Save a person and the contact points given, unverified."""
    return create_person_with_points(new=new, at=at, by=by)[0]


def note_language(person: Person, language: str) -> None:
    """Store the language a person wrote in; French is assumed where none is stored."""
    if language and language != (person.language or settings.LANGUAGE_CODE):
        person.language = language
        Person.objects.filter(pk=person.pk).update(language=language)


def create_person_with_points(
    *, new: NewPerson, at: datetime, by: User | None = None
) -> tuple[Person, list[ContactPoint]]:
    """Return the same, with the contact points saved."""
    person = Person.objects.create(
        given_name=new.given_name[:80],
        family_name=new.family_name[:80],
        usage_name=new.usage_name[:80],
        birth_year=new.birth_date.year if new.birth_date else new.birth_year,
        birth_date=new.birth_date,
        language=new.language,
        created_at=at,
        created_by=by,
    )
    given = [(ContactPoint.Kind.EMAIL, new.email), (ContactPoint.Kind.PHONE, new.phone), *new.others]
    points = [
        ContactPoint(
            person=person,
            kind=kind,
            value=value,
            usable_for=remove_refused(kind, value, DEFAULT_USES),
            created_at=at,
        )
        for kind, value in given
        if value
    ]
    if points:
        ContactPoint.objects.bulk_create(points)
    return person, points
