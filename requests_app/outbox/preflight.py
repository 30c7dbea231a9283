"""Check just before a message leaves: is it still true, and may it still disturb someone (threats: O04)?

A room that plans messages registers here at start how to know; the outbox knows none of them:
`register(Outgoing.Kind.REMINDER, still_true)`, where `still_true(outgoing, at)` returns why it must no
longer leave, in words for the ticket, or "".
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from requests_app.lib.registry import HandlersByKey
from requests_app.outbox import windows
from requests_app.outbox.models import Outgoing
from requests_app.outbox.policies import POLICIES, Policy

StillTrue = Callable[[Outgoing, datetime], str]

CHECKS: HandlersByKey[str, StillTrue] = HandlersByKey("check before a message leaves")


def register(kind: str, still_true: StillTrue) -> None:
    """Ask this room too before a message of this kind leaves."""
    CHECKS.add(kind, still_true)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a message must not leave; ``asks_agent`` when an agent should tell the person some other way."""

    reason: str
    asks_agent: bool = False


def obstacle(outgoing: Outgoing, at: datetime) -> Obstacle | None:
    """Find why this message must no longer leave; an agent's own reply always may."""
    for still_true in CHECKS.find(outgoing.kind):
        if reason := still_true(outgoing, at):
            return Obstacle(reason)
    policy = POLICIES.get(outgoing.kind)
    if policy is None:
        return None
    if outgoing.contact_point and outgoing.contact_point.needs_check:  # what we sent there came back (O06)
        return Obstacle(_("Nos messages n’arrivent plus à cette adresse."), asks_agent=True)
    reason = _check_hours(outgoing, policy, at) if policy.has_window else ""
    return Obstacle(reason) if reason else None


def _check_hours(outgoing: Outgoing, policy: Policy, at: datetime) -> str:
    if not windows.is_open(at):
        return too_late()
    most = policy.per_day if settings.LIMITS_ON else None
    if most is not None and _sent_today(outgoing, at) >= most:
        return enough_today()
    return ""


def too_late() -> str:
    """Return the reason of a message that missed its hours: it never comes later."""
    return _("Trop tard : ces messages partent du lundi au samedi, de 8 h 30 à 19 h 30, hors jours fériés.")


def enough_today() -> str:
    """Return the reason of a message whose recipient has had enough of them in one day."""
    return _("Assez de messages de cette sorte en un jour à cette adresse.")


def _sent_today(outgoing: Outgoing, at: datetime) -> int:
    same = Outgoing.objects.filter(
        recipient=outgoing.recipient, kind=outgoing.kind, state__in=Outgoing.HANDED_OVER
    )
    start, end = windows.day_of(at)
    return same.filter(sent_at__gte=start, sent_at__lt=end).count()
