"""Where the persons of tickets say they live: compared with the homes of agents, stored nowhere."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from requests_app.accounts.models import User
from requests_app.lib.dwellings import door_of
from requests_app.people.models import ContactPoint
from requests_app.tickets.letters.words import written_to
from requests_app.tickets.models import Touchpoint

Homes = defaultdict[int, set[str]]


def homes_of_agents(agents: Iterable[User]) -> Homes:
    """Return the homes of agents who are known as persons too, by their e-mail; two statements."""
    mails = {agent.pk: agent.email.casefold() for agent in agents if agent.email}
    points = ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, value__in=set(mails.values()))
    persons = defaultdict[str, set[int]](set)
    for person, value in points.values_list("person", "value"):
        persons[value].add(person)
    homes = homes_of_persons({person for theirs in persons.values() for person in theirs})
    found = Homes(set)
    for agent, mail in mails.items():
        found[agent] = {home for person in persons[mail] for home in homes[person]}
    return found


def homes_of_persons(persons: Collection[int]) -> Homes:
    """Return what the tickets of each person give as a postal address; one statement."""
    return _homes("ticket__person", persons)


def homes_of_tickets(tickets: Collection[int]) -> Homes:
    """Return what each ticket gives as a postal address; one statement."""
    return _homes("ticket", tickets)


def _homes(owner: str, ids: Collection[int]) -> Homes:
    found = Homes(set)
    rows = written_to(Touchpoint.objects.filter(**{f"{owner}__in": ids}))
    for pk, postal in rows.values_list(owner, "facts__postal"):
        if home := door_of(str(postal)):
            found[pk].add(home)
    return found
