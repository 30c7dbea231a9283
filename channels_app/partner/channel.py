"""Other administrations and their software: requests come in by its doors, and some leave by it."""

from django.utils.translation import gettext_lazy as _

from channels_app.partner.inbound import PartnerInbound
from channels_app.partner.key import KEY
from channels_app.partner.outbound import PartnerOutbound
from requests_app.channels.description import Channel

CHANNEL = Channel(
    key=KEY,
    label=_("Partenaire"),
    icon="building",
    css="slate",
    place=80,
    inbound=PartnerInbound(),
    outbound=PartnerOutbound(),
    is_written=True,
    notice=_("Nous gardons ce qu’un partenaire nous transmet de votre demande."),
)
