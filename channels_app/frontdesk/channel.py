from django.utils.translation import gettext_lazy as _

from channels_app.frontdesk.inbound import FrontDeskInbound
from channels_app.frontdesk.key import KEY
from requests_app.channels.description import Channel, Medium

CHANNEL = Channel(
    key=KEY,
    label=_("Visite"),
    icon="person-walking",
    css="amber",
    medium=Medium.VISIT,
    place=40,
    inbound=FrontDeskInbound(),
    why_not_sent=_("On ne répond pas par l’accueil."),
    happened=_("Visite à l’accueil."),
    notice=_("L’agent note pourquoi vous venez et ce qui est décidé. Vous pouvez ne pas donner votre nom."),
)
