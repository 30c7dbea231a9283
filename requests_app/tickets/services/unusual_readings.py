"""Unusual accesses, found in the access log and reported to managers (threats: A08).

An access is unusual when the person has the family name, the e-mail or the home of the agent, or when one
opens in one day many tickets that are not theirs and where they do nothing. Once a month some are sampled.
The access log is the only source: the next pass makes up for a missed one, and none reports twice.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import CharField, F, Min, Value, Window
from django.db.models.functions import MD5, Cast, Concat, RowNumber, TruncDate
from django.utils import timezone

from requests_app.access.alerts import raise_alerts
from requests_app.access.models import Reading, ReadingAlert
from requests_app.accounts.models import User
from requests_app.lib.text import words
from requests_app.lib.weeks import bounds_of
from requests_app.people.models import ContactPoint, Person
from requests_app.tickets.models import Event, Note, Ticket, Touchpoint
from requests_app.tickets.selectors.homes import homes_of_agents, homes_of_persons, homes_of_tickets

Kind, Read = ReadingAlert.Kind, Reading.Kind
DAYS_LOOKED_AT = timedelta(days=3)  # covers a week end without a worker
MIN_NAME_LENGTH = 3  # « de », « le »: a particle is no family name
DRAWN_PER_PLACE = 5
WATCHED = (Read.TICKET, Read.PREVIEW, Read.PERSON)


@dataclass(frozen=True, slots=True)
class Access:
    """An agent's first access to something on one day."""

    user_id: int
    kind: str
    subject_id: int
    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """What was read: the ticket's reference, its person, and where it came from."""

    reference: str
    person_id: int | None
    sender: str


def watch_readings(*, at: datetime) -> int:
    """Report unusual accesses in the log of the last days; return how many alerts are new."""
    seen = _seen_since(at - DAYS_LOOKED_AT)
    found = [*_same_identity(seen), *_many(seen)]
    return (raise_alerts(found) if found else 0) + _draw(at)


def _seen_since(since: datetime) -> list[Access]:
    rows = Reading.objects.filter(at__gte=since, was_refused=False, kind__in=WATCHED, user__is_service=False)
    days = rows.values_list("user", "kind", "subject_id", TruncDate("at")).annotate(first=Min("at"))
    return [Access(*row) for row in days.order_by()]


def _same_identity(seen: list[Access]) -> Iterator[ReadingAlert]:
    """Yield accesses to a person with the agent's family name, e-mail or postal address."""
    agents = {agent.pk: agent for agent in User.objects.filter(pk__in={each.user_id for each in seen})}
    tickets = _subjects(seen)
    persons = {each.subject_id for each in seen if each.kind == Read.PERSON}
    persons |= {found.person_id for found in tickets.values() if found.person_id}
    names, mails, live_together = _families(persons), _mails(persons), _read_homes(agents, persons, tickets)
    for each in seen:
        subject = _subject_of(each, tickets)
        if subject is None:
            continue
        agent, person = agents[each.user_id], subject.person_id or 0
        if _family(agent.family_name) & names[person]:
            yield _alert(each, Kind.SAME_NAME, subject)
        is_their_mail = agent.email and agent.email.casefold() in {*mails[person], subject.sender.casefold()}
        if is_their_mail or live_together(each, subject):
            yield _alert(each, Kind.SAME_ADDRESS, subject)


def _read_homes(
    agents: dict[int, User], persons: set[int], tickets: dict[int, Subject]
) -> Callable[[Access, Subject], bool]:
    """Return whether what was read is about somebody at a home of the agent, known by their own record."""
    own = homes_of_agents(agents.values())
    if not any(own.values()):
        return lambda seen, subject: False
    of_persons, of_tickets = homes_of_persons(persons), homes_of_tickets(tickets)

    def live_together(seen: Access, subject: Subject) -> bool:
        given = of_tickets[seen.subject_id] if seen.kind != Read.PERSON else set[str]()
        return bool(own[seen.user_id] & (given | of_persons[subject.person_id or 0]))

    return live_together


def _many(seen: list[Access]) -> Iterator[ReadingAlert]:
    """Yield days with more tickets opened than work explains: not the agent's, nor touched by them."""
    opened = defaultdict[tuple[int, date], list[Access]](list)
    for each in seen:
        if each.kind == Read.TICKET:
            opened[each.user_id, each.day].append(each)
    most = settings.READINGS_OUTSIDE_WORK
    busy = {key: found for key, found in opened.items() if len(found) > most}
    if not busy:
        return
    ids = {each.subject_id for found in busy.values() for each in found}
    own = _work_of({user for user, _day in busy}, ids)
    for (user, day), found in busy.items():
        outside = [each for each in found if (user, each.subject_id) not in own]
        if len(outside) > most:
            first = min(each.at for each in outside)
            yield ReadingAlert(user_id=user, kind=Kind.MANY, day=day, read_at=first, count=len(outside))


def _work_of(users: set[int], tickets: set[int]) -> set[tuple[int, int]]:
    """Return pairs of agent and ticket: those assigned to the agent, or where they did something."""
    mine = Ticket.objects.filter(pk__in=tickets, assignee__in=users).values_list("assignee", "pk")
    acts = Event.objects.filter(ticket__in=tickets, by__in=users).values_list("by", "ticket")
    said = Touchpoint.objects.filter(ticket__in=tickets, author__in=users).values_list("author", "ticket")
    noted = Note.objects.filter(ticket__in=tickets, author__in=users).values_list("author", "ticket")
    return {*mine, *acts, *said, *noted}


def _draw(at: datetime) -> int:
    """Sample last month's accesses at each place, once per month."""
    today = timezone.localdate(at)
    first = today.replace(day=1)
    if ReadingAlert.objects.filter(kind=Kind.SAMPLE, day__gte=first).exists():
        return 0
    end = bounds_of(first)[0]
    start = bounds_of((first - timedelta(days=1)).replace(day=1))[0]
    lot = MD5(Concat(Cast("pk", CharField()), Value(f" {first}"), output_field=CharField()))
    rank = Window(RowNumber(), partition_by=[F("maison")], order_by=lot.asc())
    ours = Reading.objects.filter(was_refused=False, kind__in=WATCHED, user__is_service=False)
    rows = ours.filter(at__gte=start, at__lt=end)
    drawn = rows.annotate(rank=rank).filter(rank__lte=DRAWN_PER_PLACE)
    seen = [Access(*row) for row in drawn.values_list("user", "kind", "subject_id", TruncDate("at"), "at")]
    tickets = _subjects(seen)
    found = {(each.user_id, each.kind, each.subject_id): each for each in seen}.values()
    alerts = [_alert(each, Kind.SAMPLE, _subject_of(each, tickets), day=today) for each in found]
    return raise_alerts(alerts) if alerts else 0


def _alert(seen: Access, kind: str, subject: Subject | None, day: date | None = None) -> ReadingAlert:
    return ReadingAlert(
        user_id=seen.user_id,
        kind=kind,
        day=day or seen.day,
        read_at=seen.at,
        subject_kind=Read.PERSON if seen.kind == Read.PERSON else Read.TICKET,
        subject_id=seen.subject_id,
        reference=subject.reference if subject else "",
    )


def _subjects(seen: Iterable[Access]) -> dict[int, Subject]:
    ids = {each.subject_id for each in seen if each.kind != Read.PERSON}
    rows = Ticket.objects.filter(pk__in=ids).values_list("pk", "reference", "person", "sender")
    return {pk: Subject(reference, person, sender) for pk, reference, person, sender in rows}


def _subject_of(seen: Access, tickets: dict[int, Subject]) -> Subject | None:
    if seen.kind == Read.PERSON:
        return Subject("", seen.subject_id, "")
    return tickets.get(seen.subject_id)


def _families(persons: set[int]) -> defaultdict[int, set[str]]:
    found = defaultdict[int, set[str]](set)
    rows = Person.objects.filter(pk__in=persons).values_list("pk", "family_name", "usage_name")
    for pk, family, usage in rows:
        found[pk] = _family(family) | _family(usage)
    return found


def _mails(persons: set[int]) -> defaultdict[int, set[str]]:
    found = defaultdict[int, set[str]](set)
    points = ContactPoint.objects.filter(person__in=persons, kind=ContactPoint.Kind.EMAIL)
    for pk, value in points.values_list("person", "value"):
        found[pk].add(value.casefold())
    return found


def _family(name: str) -> set[str]:
    """Return the words of a name that identify a family: « Benali-Martin » shares one with « Martin »."""
    return {word for word in words(name) if len(word) >= MIN_NAME_LENGTH}
