"""The description of the chat: the first channel written after the contract was closed."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app.chat.inbound import ChatInbound
from channels_app.chat.key import KEY
from channels_app.chat.outbound import ChatOutbound
from channels_app.chat.statistics import statistics
from requests_app.channels.description import Channel, Medium, WriteTo

PATH = "/chat/"


def write_to() -> WriteTo:
    """Return where people write by it."""
    url = f"{settings.PUBLIC_URL}{PATH}"
    return WriteTo(_("Par tchat :"), url.partition("://")[2], url)


CHANNEL = Channel(
    key=KEY,
    label=gettext_lazy("Tchat"),
    icon="chat-dots",
    css="pink",
    medium=Medium.PAGE,
    place=70,
    inbound=ChatInbound(),
    outbound=ChatOutbound(),
    is_written=True,
    notice=gettext_lazy("Nous gardons vos messages du tchat et le contact que vous laissez."),
    write_to=write_to,
    desk=(gettext_lazy("Tchat"), "conversations:desk"),
    statistics=statistics,
    box=gettext_lazy("Écrire maintenant"),
)
