from django.utils import timezone

from channels_app.portal.form_data import Filled
from channels_app.testing import HearingPromises


class TestPortalHears(HearingPromises):
    kind = "portal"
    raw_sample = Filled(at=timezone.now(), topic_code="", text="Bonjour").to_raw()
