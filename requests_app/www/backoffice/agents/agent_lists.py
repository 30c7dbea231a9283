"""What the agents' pages list; the same number of statements for one row as for ten."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from requests_app.accounts.models import RightsEvent, User

PER_PAGE = 50
EVENTS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class AgentsFound:
    """One page of agents and the words they were searched with."""

    query: str
    page: "Page[User]"


def find_agents(query: str, page: str) -> AgentsFound:
    """Find agents whose name, identifier or address holds every term; present ones first."""
    agents = User.objects.agents().prefetch_related("memberships__maison")
    for word in query[:100].split():
        agents = agents.filter(
            Q(username__icontains=word)
            | Q(given_name__unaccent__icontains=word)
            | Q(family_name__unaccent__icontains=word)
            | Q(email__icontains=word)
        )
    ordered = agents.order_by("-is_active", "family_name", "given_name", "pk")
    return AgentsFound(query[:100], Paginator(ordered, PER_PAGE).get_page(page))


def rights_history(user: User) -> "QuerySet[RightsEvent]":
    """Return the last changes of rights, newest first."""
    return user.rights_events.select_related("by").order_by("-at", "-pk")[:EVENTS_SHOWN]
