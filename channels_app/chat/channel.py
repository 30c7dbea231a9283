"""Chat: only described, until it is implemented."""

from django.utils.translation import gettext_lazy as _

from channels_app.chat.key import KEY
from requests_app.channels.description import Channel

CHANNEL = Channel(
    key=KEY,
    label=_("Tchat"),
    icon="chat-dots",
    css="pink",
    place=70,
)
