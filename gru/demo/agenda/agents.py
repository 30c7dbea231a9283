"""Create the agents that a file names and nobody knows: by the hundred, so no administrator is written to."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password

from gru.demo.agenda.fields import BadAgenda
from gru.demo.agenda.reading import AgentWeek
from gru.demo.agenda.resolving import Directory
from requests_app.accounts.demo import PASSWORD
from requests_app.accounts.models import Membership, RightsEvent, Role, User
from requests_app.maisons.models import Maison


def create_agents(agents: Iterable[AgentWeek], found: Directory, at: datetime) -> None:
    """Make them case handlers of their Maisons, with the demonstration's password; all Maisons must exist."""
    places: dict[str, list[Maison]] = {}
    for week in agents:
        maison = found.maison(week.maison)
        if week.username not in found.users:
            places.setdefault(week.username, []).append(maison)
    _refuse_closed(places)
    password = make_password(PASSWORD)
    for user in User.objects.bulk_create(_user(name, its, password) for name, its in places.items()):
        found.users[user.username] = user
    held = [_membership(found.users[name], maison) for name, its in places.items() for maison in its]
    Membership.objects.bulk_create(held)
    RightsEvent.objects.bulk_create(_event(found.users[name], its, at) for name, its in places.items())


def _refuse_closed(places: dict[str, list[Maison]]) -> None:
    closed = User.objects.filter(username__in=places).order_by("username").first()
    if closed:
        raise BadAgenda(f"Le compte « {closed.username} » est fermé, ou celui d’un logiciel.")


def _user(username: str, maisons: list[Maison], password: str) -> User:
    home = min(maison.pk for maison in maisons)
    return User(username=username, given_name=username, password=password, current_maison_id=home)


def _membership(user: User, maison: Maison) -> Membership:
    return Membership(user=user, role=Role.CASE_HANDLER, maison=maison)


def _event(user: User, maisons: list[Maison], at: datetime) -> RightsEvent:
    added = sorted(f"{Role.CASE_HANDLER.label}, {maison.label}" for maison in maisons)
    places = sorted(maison.pk for maison in maisons)
    return RightsEvent(user=user, kind=RightsEvent.Kind.CREATED, at=at, added=added, places=places)
