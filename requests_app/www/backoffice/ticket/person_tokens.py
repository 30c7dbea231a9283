"""Signed tokens of « Pour qui ? »: they name a person to the agent who was shown them (threats: A05)."""

from django.core import signing

from requests_app.accounts.models import User
from requests_app.people.models import Person
from requests_app.people.selectors import survivor_of


def person_token(person_id: int, user: User) -> str:
    """Sign a person this agent was shown; nobody else can be chosen."""
    return _signer(user).sign(str(person_id))


def person_of(token: str, user: User) -> Person | None:
    """Return the person a token names, or None when it was not given to this agent."""
    try:
        pk = int(_signer(user).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    person = Person.objects.filter(pk=pk).first()
    return survivor_of(person) if person else None


def _signer(user: User) -> signing.Signer:
    return signing.Signer(salt=f"backoffice.person.{user.pk}")
