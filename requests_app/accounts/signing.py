"""Who signs what leaves: the only place that says an agent's name outside the house (CRPA, art. L111-2).

Where their safety requires it an agent is shown as their service: name and first name then stay inside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from django.utils.translation import gettext as _

from requests_app.accounts.errors import Refused
from requests_app.accounts.models import Role, User
from requests_app.lib.registry import Handlers
from requests_app.lib.text import words

Handler = Callable[[str, User], object]
FUNCTIONS = (Role.MANAGER, Role.CASE_HANDLER, Role.FRONT_DESK)  # of several roles, the first one signs

ON_RENAMED: Handlers[Handler] = Handlers("room whose messages carry an agent’s name")


@dataclass(frozen=True, slots=True)
class Signer:
    """An agent as people read them; each role has its Maison, or None for the whole territory."""

    name: str
    roles: tuple[tuple[str, int | None], ...]


def name_outside(user: User) -> str:
    """Return the service that stands for the agent, else their name."""
    return user.shown_as or user.full_name


def signer_of(user: User) -> Signer:
    """Return who signs; one statement, none when the memberships are prefetched."""
    held = sorted(user.memberships.all(), key=attrgetter("pk"))
    return Signer(name_outside(user), tuple((each.role, each.maison_id) for each in held))


def signature(signer: Signer, maison_id: int | None) -> list[str]:
    """Return the name, then the role at this place when the agent holds one there."""
    held = {role for role, maison in signer.roles if maison in (None, maison_id)}
    return [signer.name, *[str(role.label) for role in FUNCTIONS if role in held][:1]]


def subscribe_to_renames(handler: Handler) -> None:
    """Call this handler, in the transaction, with the name that people read before and the renamed agent."""
    ON_RENAMED.add(handler)


def tell_renamed(before: User, now: User) -> None:
    """Notify the rooms whose messages still wait under the former name."""
    if name_outside(before) != name_outside(now):
        for handler in ON_RENAMED:
            handler(name_outside(before), now)


def refuse_own_name(shown_as: str, *names: str) -> None:
    """Refuse a service name that contains the agent's own: it hides nobody."""
    shown = set(words(shown_as))
    if any(shown & set(words(name)) for name in names):
        raise Refused(_("Le nom montré ne doit contenir ni le prénom ni le nom de l’agent."))
