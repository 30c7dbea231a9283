from django.utils.translation import gettext_lazy as _

from channels_app.letter.inbound import LetterInbound
from channels_app.letter.key import KEY
from requests_app.channels.description import Channel, Medium

CHANNEL = Channel(
    key=KEY,
    label=_("Courrier"),
    icon="mailbox",
    css="brown",
    medium=Medium.PAPER,
    place=60,
    inbound=LetterInbound(),
    why_not_sent=_("Un courrier ne part pas tout seul : imprimez-le, puis postez-le."),
    carries_decisions=True,
    is_written=True,
    noted_in=_("Courrier enregistré par %(agent)s"),
    noted_out=_("a posté un courrier"),
    notice=_("Nous numérisons votre lettre et gardons ses dates."),
)
