from django.utils.translation import gettext_lazy as _

from channels_app.phone.inbound import PhoneInbound
from channels_app.phone.key import KEY
from requests_app.channels.description import Channel, Medium

CHANNEL = Channel(
    key=KEY,
    label=_("Téléphone"),
    icon="telephone",
    css="green",
    medium=Medium.CALL,
    place=50,
    inbound=PhoneInbound(),
    why_not_sent=_("On n’écrit pas par téléphone : appelez la personne."),
    noted_in=_("Appel noté par %(agent)s"),
    noted_out=_("a appelé la personne"),
    happened=_("Appel au téléphone."),
    notice=_("L’agent note votre appel. L’appel n’est pas enregistré."),
)
