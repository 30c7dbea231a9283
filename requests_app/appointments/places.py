"""Who receives people at a Maison: the agents to whom an appointment may be given."""

from django.db.models import Q

from requests_app.access.scope import READERS
from requests_app.accounts.models import User

MOST = 200


def agents_at(maison_id: int) -> list[tuple[int, str]]:
    """Ids and names of the present agents of a Maison, then of the whole territory; one statement."""
    here = Q(memberships__maison=maison_id) | Q(memberships__maison=None)
    found = User.objects.present().filter(here, memberships__role__in=READERS).distinct()
    agents = found.order_by("given_name", "family_name", "pk")[:MOST]
    return [(agent.pk, agent.full_name) for agent in agents]
