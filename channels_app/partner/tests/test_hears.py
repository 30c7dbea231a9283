import json

import pytest
from django.utils import timezone

from channels_app.contract import RawMessage
from channels_app.intake import services
from channels_app.partner.publik.parsing import PORTAL
from channels_app.partner.tests.conftest import HOST
from channels_app.testing import HearingPromises


class TestPortalHears(HearingPromises):
    kind, word = "partner", "gravats"

    @pytest.fixture
    def sample(self, territory, filled):
        return json.dumps(filled()).encode()

    def keep(self, raw, *, key=""):
        stored = services.store_unqueued(
            channel=self.kind,
            address="",
            raw=raw,
            source="publik",
            at=timezone.now(),
            key=key,
            facts={PORTAL: HOST},
        )
        return stored.arrival_id

    def make_arrived(self, raw):
        return RawMessage(self.keep(raw), "", raw, timezone.now(), {PORTAL: HOST})
