"""What a key may be allowed: one word for each resource and verb."""

from collections.abc import Iterable

RESOURCES = (
    "tickets",
    "persons",
    "appointments",
    "slots",
    "maisons",
    "topics",
    "events",
    "subscriptions",
    "indicators",
    "open311",
)
READ, WRITE = "read", "write"
SENSITIVE = "sensitive:read"  # reads what row A03 hides
SCOPES = (*(f"{resource}:{verb}" for resource in RESOURCES for verb in (READ, WRITE)), SENSITIVE)


def scope_name(resource: str, *, is_write: bool) -> str:
    """Return the scope that a call needs."""
    return f"{resource}:{WRITE if is_write else READ}"


def is_granted(scope: str, held: Iterable[str]) -> bool:
    """Tell whether a scope is held; writing includes reading."""
    resource, _, verb = scope.partition(":")
    accepted = {scope, f"{resource}:{WRITE}"} if verb == READ else {scope}
    return not accepted.isdisjoint(held)
