"""Which kinds of events a subscription wants: ``ticket.closed``, ``ticket.*`` or ``*``."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from requests_app.events.models import Kind

ALL = "*"
FAMILIES = tuple(dict.fromkeys(f"{kind.partition('.')[0]}.*" for kind in Kind.values))
KNOWN: tuple[str, ...] = (ALL, *FAMILIES, *Kind.values)


def unknown_among(types: Iterable[str]) -> list[str]:
    """Return those that name nothing we tell."""
    return [each for each in types if each not in KNOWN]


def types_q(types: Collection[str]) -> Q:
    """Build the condition on events; ``*`` keeps them all."""
    if ALL in types:
        return Q()
    wanted = Q(kind__in=[each for each in types if not each.endswith("*")])
    for family in types:
        if family.endswith("*"):
            wanted |= Q(kind__startswith=family[:-1])
    return wanted
