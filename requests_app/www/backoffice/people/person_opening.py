"""Open a person for an agent: within what may be known, and never without a trace (threats: A05, I7)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone

from requests_app.access.audit_log import Kind, log_access
from requests_app.access.gate import refuse, require
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import User
from requests_app.casefile.profile import PersonTickets, openable, read_person_tickets
from requests_app.people.models import Person
from requests_app.people.selectors import survivor_of


@dataclass(frozen=True, slots=True)
class OpenedPerson:
    """A person the agent may know, and their tickets within the scope."""

    person: Person
    demands: PersonTickets
    user: User
    scope: Scope
    now: datetime

    def note(self) -> None:
        """Log the reading."""
        log_access(user=self.user, kind=Kind.PERSON, subject_id=self.person.pk, at=self.now)


def open_person(request: AgentRequest, pk: int) -> OpenedPerson:
    """Load a person; one the agent may not know does not exist, and the attempt is logged.

    The number of a merged record opens the survivor.
    """
    user, now = request.user, timezone.now()
    scope = scope_of(user)
    person = _find_person(pk, scope)
    if person.merged_into_id is not None:
        person = _find_person(survivor_of(person).pk, scope)
    if not person.is_openable:
        refuse(kind=Kind.PERSON, subject_id=pk, by=user, at=now)
    return OpenedPerson(person, read_person_tickets(person.pk, scope=scope), user, scope, now)


def open_handled(request: AgentRequest, pk: int) -> OpenedPerson:
    """Load one whose ticket the agent handles: the desk reads, and changes neither contact nor name."""
    known = open_person(request, pk)
    require(known.demands.can_change)
    return known


def _find_person(pk: int, scope: Scope) -> Any:
    """Find the person, with what the policy allows."""
    person = Person.objects.filter(pk=pk).annotate(is_openable=openable(scope)).first()
    if person is None:
        raise Http404
    return person
