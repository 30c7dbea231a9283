"""Other administrations: only described, until the channel is implemented."""

from django.utils.translation import gettext_lazy as _

from channels_app.partner.key import KEY
from requests_app.channels.description import Channel

CHANNEL = Channel(
    key=KEY,
    label=_("Partenaire"),
    icon="building",
    css="slate",
    place=80,
)
