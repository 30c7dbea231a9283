"""Which agent is at the desk, where and when: what every page of the counter starts from."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from requests_app.access.gate import require
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import User
from requests_app.appointments.selectors import persons_expected
from requests_app.casefile.logged_search import SearchResult, find_similar, search_logged
from requests_app.outbox import windows
from requests_app.people.search_query import SearchQuery
from requests_app.visits.selectors import expected_persons
from requests_app.visits.services import day_of


@dataclass(frozen=True, slots=True)
class Desk:
    """``maison_id`` is None when the agent has not said where they work, or no longer works there."""

    user: User
    scope: Scope
    maison_id: int | None
    at: datetime

    @property
    def today(self) -> date:
        return day_of(self.at)

    def expected_persons(self) -> QuerySet[Any] | None:
        """Return persons who are or will be at this counter today: the agent may find them by name (A05)."""
        if not self.maison_id:
            return None
        start, end = windows.day_of(self.at)
        coming = persons_expected(maison_ids=[self.maison_id], start=start, end=end)
        return expected_persons(maison_ids=[self.maison_id], at=self.at).union(coming)

    def look_for(self, typed: str) -> SearchResult:
        """Search persons for « Qui ? »; the search is counted and logged."""
        return search_logged(by=self.user, typed=typed, at=self.at, expected=self.expected_persons())

    def look_same(self, asked: SearchQuery) -> SearchResult:
        """Find persons who may be the same as a new one."""
        return find_similar(by=self.user, asked=asked, at=self.at, expected=self.expected_persons())


def desk_of(request: AgentRequest) -> Desk:
    """Read the clock and the agent's rights; refuses agents who are at no front desk."""
    user = request.user
    scope = scope_of(user)
    require(scope.can_welcome)
    place = user.current_maison_id
    return Desk(user, scope, place if place and scope.can_see(place) else None, timezone.now())
