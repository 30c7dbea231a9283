"""Signed tokens of the desk's pages: they name a row to one agent, and nothing to anybody else."""

from django.core import signing

from requests_app.accounts.models import User


def _signer(purpose: str, user: User) -> signing.Signer:
    return signing.Signer(salt=f"frontdesk.{purpose}.{user.pk}")


def person_token(person_id: int, user: User) -> str:
    """Return a token for a person shown to this agent: nobody else can be chosen (threats: A05)."""
    return _signer("person", user).sign(str(person_id))


def person_of(token: str, user: User) -> int | None:
    """Return the person a token names, or None when it was not given to this agent."""
    return _read("person", token, user)


def undo_token(arrival_id: int, user: User) -> str:
    return _signer("undo", user).sign(str(arrival_id))


def undone_by(token: str, user: User) -> int | None:
    return _read("undo", token, user)


def _read(purpose: str, token: str, user: User) -> int | None:
    try:
        return int(_signer(purpose, user).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
