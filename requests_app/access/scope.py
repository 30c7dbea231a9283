"""The one access policy: what an agent may see of tickets, and what an agent may do with them.

Pages, fragments, files, searches and counts all ask here. A role opens tickets of the Maisons where
it is held; sensitive topics (``catalog.SENSITIVE``) open their content to case handlers only
(threats: A01, A02, A03). The role ``admin`` manages agents and reads no ticket (A09). One ticket out of the
scope may be read for half an hour, for a reason (A04): it enters no list, no count, no search.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from requests_app.access.current_rights import READINGS, SENT, TO_REVIEW, read_rights
from requests_app.access.maison_scope import MaisonScope
from requests_app.accounts.models import Role, User

READERS = (Role.FRONT_DESK, Role.CASE_HANDLER, Role.MANAGER)


@dataclass(frozen=True, slots=True)
class BreakGlassAccess:
    """One ticket out of the scope that the agent reads while it lasts.

    Opened by exception, for a reason; or sent away by the agent, and then there is no ``id``.
    """

    id: int | None
    ticket_id: int
    until: datetime
    reason: str

    @property
    def is_sender(self) -> bool:
        return self.id is None


@dataclass(frozen=True)
class Scope:
    """An agent's rights, read once per request; ``glasses`` are the live exceptions, by ticket.

    ``openings_to_review`` and ``readings_to_review`` count what this manager has not looked at.
    ``sent`` are the tickets that the agent sent away in the last day. ``topics`` narrows the key of a program
    to tickets of these topics; None for agents, who see all of them.
    """

    user_id: int
    reaches: dict[str, MaisonScope]
    glasses: dict[int, BreakGlassAccess] = field(default_factory=dict)
    openings_to_review: int = 0
    readings_to_review: int = 0
    sent: dict[int, BreakGlassAccess] = field(default_factory=dict)
    topics: frozenset[int] | None = None

    def reach(self, *roles: str) -> MaisonScope:
        total = MaisonScope()
        for role in roles:
            total |= self.reaches.get(role, MaisonScope())
        return total

    @property
    def to_review(self) -> int:
        return self.openings_to_review + self.readings_to_review

    @cached_property
    def listed_places(self) -> MaisonScope:
        """Return where tickets are listed."""
        return self.reach(*READERS)

    @cached_property
    def sensitive_places(self) -> MaisonScope:
        """Return where sensitive tickets are readable."""
        return self.reach(Role.CASE_HANDLER)

    @cached_property
    def exported_places(self) -> MaisonScope:
        """Return whose lists may leave as files: the desk reads them on the page."""
        return self.reach(Role.CASE_HANDLER, Role.MANAGER)

    def as_q(self, prefix: str = "") -> Q:
        """Filter tickets this agent may know of; archived ones open for a reason only (P03)."""
        listed = self.listed_places.as_q(prefix) & Q(**{f"{prefix}archived_at__isnull": True})
        return listed if self.topics is None else listed & self._topics_q(prefix, self.topics)

    def _topics_q(self, prefix: str, topics: frozenset[int]) -> Q:
        """Filter tickets of these topics, or proposed for one of them while nobody has sorted them."""
        chosen, proposed = f"{prefix}topic_id__in", f"{prefix}proposed_topic_id__in"
        held = sorted(topics)
        return Q(**{chosen: held}) | Q(**{f"{prefix}topic": None, proposed: held})

    def readable_q(self, prefix: str = "") -> Q:
        """Filter tickets whose content this agent may read."""
        if self.sensitive_places.everywhere:  # an empty Q() would vanish from the « or » below
            return self.as_q(prefix)
        plain = Q(**{f"{prefix}is_sensitive": False})
        return self.as_q(prefix) & (plain | self.sensitive_places.as_q(prefix))

    def can_see(self, maison_id: int | None, shared_with: Collection[int] = ()) -> bool:
        """Tell whether a ticket shows; each of the Maisons in ``shared_with`` may until one is chosen."""
        return self.listed_places.covers(maison_id, shared_with)

    def can_read(self, maison_id: int | None, is_sensitive: bool, shared_with: Collection[int] = ()) -> bool:
        reach = self.sensitive_places if is_sensitive else self.listed_places
        return reach.covers(maison_id, shared_with)

    def can_handle(
        self, maison_id: int | None, is_sensitive: bool, shared_with: Collection[int] = ()
    ) -> bool:
        """Tell whether they may assign, sort, reroute, close: handlers, and managers of plain tickets."""
        roles = (Role.CASE_HANDLER,) if is_sensitive else (Role.CASE_HANDLER, Role.MANAGER)
        return self.reach(*roles).covers(maison_id, shared_with)

    def glass_on(
        self,
        ticket_id: int,
        maison_id: int | None,
        shared_with: Collection[int] = (),
        *,
        is_archived: bool = False,
    ) -> BreakGlassAccess | None:
        """Return what opens a ticket out of the scope now: an exception (A04), or having sent it."""
        if is_archived:
            return self.glasses.get(ticket_id)
        if self.can_see(maison_id, shared_with):
            return None
        return self.glasses.get(ticket_id) or self.sent.get(ticket_id)

    def can_open(
        self,
        ticket_id: int,
        maison_id: int | None,
        shared_with: Collection[int] = (),
        *,
        is_archived: bool = False,
    ) -> bool:
        """Tell whether the page of this ticket opens: by a role, or by an exception."""
        if is_archived:
            return ticket_id in self.glasses
        return self.can_see(maison_id, shared_with) or ticket_id in {*self.glasses, *self.sent}

    def can_read_by_glass(self, is_sensitive: bool) -> bool:
        """Tell whether the exception shows the content: a reason makes no case handler (A03)."""
        return bool(self.sensitive_places) if is_sensitive else bool(self.listed_places)

    @property
    def can_break_glass(self) -> bool:
        """Tell whether they receive people; the administrator reads no ticket, whatever the reason."""
        return bool(self.listed_places)

    @property
    def can_review_glass(self) -> bool:
        """Tell whether they manage their Maisons, answer for the whole territory, or manage agents."""
        return self.can_steer or self.can_manage_agents

    @property
    def reviewed_places(self) -> MaisonScope:
        """Return whose exceptions the report shows."""
        if self.can_manage_agents or self.reach(Role.CASE_HANDLER).everywhere:
            return MaisonScope(everywhere=True)
        return self.reach(Role.MANAGER)

    def can_note(self, maison_id: int | None, is_sensitive: bool, shared_with: Collection[int] = ()) -> bool:
        """Tell whether they may add an internal note: all who may read can."""
        return self.can_read(maison_id, is_sensitive, shared_with)

    @property
    def can_place(self) -> bool:
        """Tell whether they see what no Maison owns yet."""
        return self.reach(Role.CASE_HANDLER, Role.MANAGER).everywhere

    @property
    def can_welcome(self) -> bool:
        """Tell whether they work at a front desk: any role that reads may log a visit."""
        return bool(self.listed_places)

    @property
    def can_triage(self) -> bool:
        return bool(self.listed_places)

    @property
    def can_steer(self) -> bool:
        """Tell whether they read statistics of all they list: managers, and those in charge of everything."""
        return bool(self.reach(Role.MANAGER)) or self.reach(Role.CASE_HANDLER).everywhere

    @property
    def can_clear_quarantine(self) -> bool:
        """Tell whether they clear the quarantine: the central team, since arrivals have no Maison yet."""
        return self.reach(Role.CASE_HANDLER).everywhere

    @property
    def can_count_elsewhere(self) -> bool:
        """Tell whether they learn how many tickets a person has out of the scope, and nothing else (A02)."""
        return bool(self.reach(Role.CASE_HANDLER, Role.MANAGER))

    @property
    def can_read_models(self) -> bool:
        """Tell whether they answer people, or write the models."""
        return bool(self.reach(Role.CASE_HANDLER, Role.MANAGER)) or self.can_manage_agents

    def can_write_models(self, maison_id: int | None) -> bool:
        """Tell whether they write these models: managers for their Maisons, the whole territory for all."""
        return self.can_manage_agents or self.reach(Role.MANAGER).covers(maison_id)

    @property
    def can_archive(self) -> bool:
        """Tell whether they approve what is destroyed; they read no ticket (threats: P03)."""
        return self.reach(Role.ARCHIVIST).everywhere

    @property
    def can_answer_data_rights(self) -> bool:
        """Tell whether they gather all that is stored about a person, and read it, reserved tickets too."""
        return self.sensitive_places.everywhere

    @property
    def can_manage_agents(self) -> bool:
        return self.reach(Role.ADMIN).everywhere

    @property
    def can_validate_law(self) -> bool:
        """Tell whether they decide for the legal department what may be printed about a topic."""
        return self.reach(Role.LEGAL_REVIEWER).everywhere

    @property
    def can_read_law(self) -> bool:
        """Tell whether they read and prepare the regimes of topics."""
        return self.can_validate_law or self.can_manage_agents


NOBODY = Scope(user_id=0, reaches={})


def scope_of(user: User | AnonymousUser) -> Scope:
    """Read an agent's memberships and exceptions (one statement, cached on the user for the request)."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    scope: Scope | None = getattr(user, "_scope", None)
    if scope is None:
        scope = _read_scope(user)
        user._scope = scope  # type: ignore[attr-defined]
    return scope


def _read_scope(user: User) -> Scope:
    everywhere, maisons = set[str](), defaultdict[str, set[int]](set)
    glasses, sent, waiting = (
        dict[int, BreakGlassAccess](),
        dict[int, BreakGlassAccess](),
        {TO_REVIEW: 0, READINGS: 0},
    )
    for role, place, glass_id, ticket_id, until, reason in read_rights(user):
        if glass_id is not None:
            glasses[ticket_id] = BreakGlassAccess(glass_id, ticket_id, until, reason)
        elif role in waiting:
            waiting[role] = place
        elif role == SENT:
            sent[ticket_id] = BreakGlassAccess(None, ticket_id, until, reason)
        elif place is None:
            everywhere.add(role)
        else:
            maisons[role].add(place)
    reaches = {r: MaisonScope(r in everywhere, frozenset(maisons[r])) for r in everywhere | set(maisons)}
    return Scope(
        user_id=user.pk,
        reaches=reaches,
        glasses=glasses,
        openings_to_review=waiting[TO_REVIEW],
        readings_to_review=waiting[READINGS],
        sent=sent,
    )
