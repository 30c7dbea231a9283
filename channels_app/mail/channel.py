from django.utils.translation import gettext_lazy as _

from channels_app.mail import public
from channels_app.mail.inbound import MailInbound
from channels_app.mail.key import KEY
from channels_app.mail.outbound import MailOutbound
from requests_app.channels.description import Channel

CHANNEL = Channel(
    key=KEY,
    label=_("E-mail"),
    icon="envelope",
    css="blue",
    place=10,
    inbound=MailInbound(),
    outbound=MailOutbound(),
    carries_decisions=True,
    is_written=True,
    notice=_("Nous gardons votre message entier, ses fichiers et l’adresse d’où il vient."),
    write_to=public.write_to,
    is_carried=public.is_carried,
)
