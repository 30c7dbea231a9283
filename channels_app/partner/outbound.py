from datetime import datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app.partner.publik.portals import portal_at
from requests_app.channels.outbound import SERVICE, Contact, Outbound, Payload, Reply
from requests_app.outbox.models import Outgoing


class PartnerOutbound(Outbound[Outgoing]):
    """Hands requests of other bodies over to their portals."""

    contact_kind = SERVICE
    most_resends = 1
    reminder_place = None
    takes_fields = True
    late = gettext_lazy("Les demandes remises à un portail")
    unreceived = gettext_lazy("Une demande n’est pas arrivée à ce portail.")
    refused = gettext_lazy("Le portail %(to)s n’a pas pris la demande : %(why)s.")

    def reaches(self, contact: Contact) -> bool:
        return contact.kind == SERVICE and not self.why_unreached(contact.value)

    def why_unreached(self, value: str) -> str:
        is_form = portal_at(value) is not None and bool(urlsplit(value).path.strip("/"))
        return "" if is_form else _("Ce formulaire n’est sur aucun portail réglé.")

    def label_of(self, value: str) -> str:
        return _("Portail · %(host)s") % {"host": urlsplit(value).hostname or value}

    def compose(self, reply: Reply) -> Payload:
        files = [{"name": file.name, "content_type": file.content_type} for file in reply.files]
        return Payload({"files": files, **reply.full(), **(reply.more or {})})

    def send(self, outgoing: Outgoing, *, at: datetime) -> str:
        """Create the request there; before a second try the portal is asked for the first."""
        from channels_app.partner.publik import sending  # an HTTP client, that only senders need

        if outgoing.attempts > 1 and (known := sending.find(outgoing)):
            return known if isinstance(known, str) else ""
        return sending.create(outgoing)

    def was_accepted(self, outgoing: Outgoing) -> bool | str | None:
        """Look for our reference in the requests of the form; raises TemporaryFailure."""
        from channels_app.partner.publik import sending

        return sending.find(outgoing)
