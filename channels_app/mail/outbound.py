from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app.contract import Deferred
from channels_app.mail import composing, sending
from requests_app.channels.outbound import Outbound, Payload, Reply
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint


class MailOutbound(Outbound[Outgoing]):
    """Writes e-mail and hands it to the sending server."""

    contact_kind = ContactPoint.Kind.EMAIL
    most_resends = 3  # under the same Message-ID: mail programs show one
    reminder_place = 20
    late = gettext_lazy("Les e-mails")

    def compose(self, reply: Reply) -> Payload:
        return composing.compose(reply)

    def send(self, outgoing: Outgoing, *, at: datetime) -> str:
        """Write the message and hand it to the sending server; it bounces to an address of its own."""
        bounces_to = seals.return_address(outgoing.message_id) or sending.our_address()
        try:
            mail = sending.build_mail(outgoing)
        except OSError as error:
            raise Deferred(_("une pièce jointe ne peut pas être lue")) from error
        return sending.hand_over(mail, envelope_from=bounces_to, message_id=outgoing.message_id)

    def was_accepted(self, outgoing: Outgoing) -> bool | None:
        return sending.was_accepted(outgoing.message_id)
