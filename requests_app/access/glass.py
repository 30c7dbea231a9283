"""« Bris de glace »: read one ticket out of the scope, for a reason, half an hour, in the open (A04)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from requests_app.access.errors import NotAllowed, ReasonMissing
from requests_app.access.models import BreakGlassGrant, GlassNotice
from requests_app.access.models.glass import LASTS, Motive
from requests_app.access.scope import scope_of
from requests_app.accounts.models import Membership, Role, User
from requests_app.lib.text import words

MIN_WORDS = 2
MIN_LENGTH = 8  # characters: « oui oui » is no reason


@dataclass(frozen=True, slots=True)
class BreakGlassTarget:
    """The ticket of a break-glass access."""

    ticket_id: int
    reference: str
    maison_id: int | None


@transaction.atomic
def break_glass(
    *, by: User, target: BreakGlassTarget, motive: str, reason: str, at: datetime
) -> BreakGlassGrant:
    """Open a ticket for half an hour and tell the managers; raise NotAllowed, ReasonMissing."""
    if not scope_of(by).can_break_glass:
        raise NotAllowed
    text = check_reason(motive, reason)
    glass = BreakGlassGrant.objects.create(
        user=by,
        ticket_id=target.ticket_id,
        reference=target.reference,
        maison_id=target.maison_id,
        from_maison_id=by.current_maison_id,
        motive=motive,
        reason=text,
        at=at,
        until=at + LASTS,
    )
    GlassNotice.objects.bulk_create(
        [GlassNotice(glass=glass, manager=manager) for manager in _managers_of(glass)]
    )
    return glass


def check_reason(motive: str, reason: str) -> str:
    """Return the reason as it is stored; raise ReasonMissing."""
    text = " ".join(reason.split())
    if motive not in Motive.values or len(text) < MIN_LENGTH or len(words(text)) < MIN_WORDS:
        raise ReasonMissing
    return text


def end_glass(*, by: User, ticket_id: int, at: datetime) -> None:
    """Close before the half hour; one that has ended stays as it was."""
    BreakGlassGrant.objects.live().filter(user=by, ticket_id=ticket_id).update(ended_at=at)


def note_seen(*, manager: User, glass_ids: list[int], at: datetime) -> int:
    """Note that a manager has looked at these; those of others stay as they are."""
    notices = GlassNotice.objects.filter(manager=manager, glass__in=glass_ids, seen_at=None)
    return notices.update(seen_at=at)


def _managers_of(glass: BreakGlassGrant) -> list[User]:
    """List managers of any Maison where the agent works, of the ticket's, and of the whole territory.

    All the Maisons of the agent count, not the one chosen on the screen: that choice is the agent's.
    """
    own_places = Membership.objects.filter(user=glass.user).exclude(maison=None).values("maison")
    places = Q(maison=None) | Q(maison__in=own_places) | Q(maison=glass.maison_id)
    managing = Membership.objects.filter(places, role=Role.MANAGER).values("user")
    return list(User.objects.present().filter(pk__in=managing).exclude(pk=glass.user_id).order_by("pk"))
