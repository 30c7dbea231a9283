from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint


def to_check(outgoing: Outgoing) -> None:
    """The address did not work: « à vérifier » with the person, and no proof of who she is any more (O06)."""
    if outgoing.contact_point_id:
        point = ContactPoint.objects.filter(pk=outgoing.contact_point_id)
        point.update(needs_check=True, verified_at=None)
