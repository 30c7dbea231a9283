from django.utils.translation import gettext_lazy as _

from channels_app.portal.inbound import PortalInbound
from channels_app.portal.key import KEY
from requests_app.channels.description import Channel, Medium

CHANNEL = Channel(
    key=KEY,
    label=_("Formulaire"),
    icon="window",
    css="plum",
    medium=Medium.PAGE,
    place=30,
    inbound=PortalInbound(),
    why_not_sent=_("On ne répond pas par le formulaire."),
    is_written=True,
    notice=_("Nous gardons vos réponses, vos fichiers et la façon de vous joindre."),
)
