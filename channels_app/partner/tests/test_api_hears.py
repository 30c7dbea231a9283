import json

import pytest
from django.utils import timezone

from channels_app.contract import RawMessage
from channels_app.intake import services
from channels_app.partner.api.parsing import BROUGHT_BY
from channels_app.testing import HearingPromises
from requests_app.tickets.models import Touchpoint

FACTS = {BROUGHT_BY: 1, "program": "Portail"}


class TestCallHears(HearingPromises):
    kind, word = "partner", "Bonjour"
    raw_sample = json.dumps(
        {"text": "Bonjour, un nid-de-poule rue Paul Bert.", "person": {"mails": ["a@exemple.fr"]}}
    ).encode()

    @pytest.fixture
    def sample(self, territory):
        return self.raw_sample

    def keep(self, raw, *, key=""):
        stored = services.store_unqueued(
            channel=self.kind, address="", raw=raw, source="api", at=timezone.now(), key=key, facts=FACTS
        )
        return stored.arrival_id

    def make_arrived(self, raw):
        return RawMessage(self.keep(raw), "", raw, timezone.now(), FACTS)

    def test_W03_reads_an_offset_that_the_database_refuses(self, territory):
        said = {"text": "Bonjour, un nid-de-poule.", "occurred_at": "2026-11-20T09:00:00+23:59"}
        services.process(arrival_id=self.keep(json.dumps(said).encode()), at=timezone.now())
        spoken = Touchpoint.objects.get()
        assert spoken.occurred_at.isoformat() == "2026-11-19T09:01:00+00:00"
