from django.utils.translation import gettext_lazy as _

from channels_app.sms import public
from channels_app.sms.inbound import SmsInbound
from channels_app.sms.key import KEY
from channels_app.sms.outbound import SmsOutbound
from requests_app.channels.description import Channel

CHANNEL = Channel(
    key=KEY,
    label=_("SMS"),
    icon="phone",
    css="teal",
    place=20,
    inbound=SmsInbound(),
    outbound=SmsOutbound(),
    notice=public.notice,
    write_to=public.write_to,
    is_carried=public.is_carried,
    abroad=public.abroad,
)
