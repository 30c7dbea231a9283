from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import step
from requests_app.people.models import ContactPoint

State = Outgoing.State


def bounced(*, message_id: str, reason: str, is_permanent: bool, at: datetime) -> Outgoing | None:
    """A notice came back about one of our messages: it was not delivered, its address is to check.

    Returns None when the message is none of ours. A temporary notice is only written in the log.
    """
    outgoing = Outgoing.objects.filter(message_id=message_id.strip("<> ")).first()
    if outgoing is None:
        return None
    words = _("Avis de non-remise : %(reason)s") % {"reason": reason}
    step(outgoing.pk, words, at=at)
    if is_permanent:
        not_delivered = Outgoing.objects.filter(pk=outgoing.pk).exclude(state=State.DELIVERED)
        not_delivered.update(state=State.FAILED, reason=words[:300], ended_at=at)
        if outgoing.contact_point_id:
            ContactPoint.objects.filter(pk=outgoing.contact_point_id).update(
                needs_check=True, verified_at=None
            )
    return outgoing
