"""Who was given which rights, for those who answer for the places concerned (threats: N14)."""

from django.db.models import Q, QuerySet

from requests_app.access.maison_scope import MaisonScope
from requests_app.accounts.models import EVERYWHERE, Membership, RightsEvent


def rights_events(reach: MaisonScope) -> QuerySet[RightsEvent]:
    """List changes at these places or at all of them, and of those who work there; the last first."""
    rows = RightsEvent.objects.filter(_concerns(reach)).select_related("user", "by")
    return rows.order_by("-at", "-pk")


def _concerns(reach: MaisonScope) -> Q:
    if reach.everywhere:
        return Q()
    places = sorted(reach.maisons)
    working = Membership.objects.filter(maison__in=places).values("user")
    return Q(places__overlap=[EVERYWHERE, *places]) | Q(user__in=working)
