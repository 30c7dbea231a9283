"""Whose week is on the page, and what this agent may change of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from requests_app.access.gate import require
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import Role, User
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS

MAX_AGENTS = 400


@dataclass(frozen=True, slots=True)
class Planner:
    """Who plans (``user``), and for whom (``agent``)."""

    user: User
    scope: Scope
    agent: User
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(PARIS).date()

    @property
    def is_own(self) -> bool:
        return self.user.pk == self.agent.pk

    @property
    def can_close(self) -> bool:
        """Tell whether they plan for everybody somewhere."""
        return self.scope.can_manage_agents or bool(self.scope.reach(Role.MANAGER))

    def manages(self, maison_id: int) -> bool:
        """Tell whether they plan for everybody at a Maison."""
        return self.scope.can_manage_agents or self.scope.reach(Role.MANAGER).covers(maison_id)

    def may_open(self, maison_id: int) -> bool:
        """Tell whether they may open times of this agent at a Maison."""
        works_there = scope_of(self.agent).can_see(maison_id)
        return works_there and (self.is_own or self.manages(maison_id))

    def places(self) -> list[Maison]:
        """List the Maisons where they may open times of this agent; one statement."""
        rows = Maison.objects.current().order_by("label", "pk")
        return [maison for maison in rows if self.may_open(maison.pk)]


def read_planner(request: AgentRequest, agent_id: int | None = None) -> Planner:
    """Read the clock and whose week it is; refuse those who may not plan it."""
    scope = scope_of(request.user)
    require(bool(scope.listed_places) or scope.can_manage_agents)
    agent = _agent(agent_id, request.user)
    require(agent.pk == request.user.pk or _may_plan(scope, agent))
    return Planner(request.user, scope, agent, timezone.now())


def asked_agent(request: AgentRequest) -> int | None:
    """Return the number of an agent in the address; raises BadRequest."""
    typed = request.GET.get("agent", "")
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
        raise BadRequest("not an agent")
    return int(typed) if typed else None


def agents_planned_by(planner: Planner) -> list[User]:
    """List the agents whose week they may change: themselves first, then by name."""
    managed = planner.scope.reach(Role.MANAGER)
    if not (managed or planner.scope.can_manage_agents):
        return [planner.user]
    rows = User.objects.present().filter(_working_at(planner.scope)).exclude(pk=planner.user.pk)
    found = rows.distinct().order_by("given_name", "family_name", "pk")[:MAX_AGENTS]
    return [planner.user, *found]


def _agent(agent_id: int | None, user: User) -> User:
    if agent_id in (None, user.pk):
        return user
    agent = User.objects.present().filter(pk=agent_id).first()
    if agent is None:
        raise Http404
    return agent


def _may_plan(scope: Scope, agent: User) -> bool:
    return User.objects.filter(pk=agent.pk).filter(_working_at(scope)).exists()


def _working_at(scope: Scope) -> Q:
    """Filter the agents who hold a role where this scope plans for everybody."""
    managed = scope.reach(Role.MANAGER)
    if scope.can_manage_agents or managed.everywhere:
        return Q(pk__isnull=False)
    return Q(memberships__maison__in=sorted(managed.maisons))
