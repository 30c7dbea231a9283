from django.utils import timezone

from channels_app.portal.form_data import Filled
from channels_app.testing import HearingPromises
from requests_app.tickets.models import Channel


class TestPortalHears(HearingPromises):
    kind = Channel.Kind.PORTAL
    raw_sample = Filled(at=timezone.now(), topic_code="", text="Bonjour").to_raw()
