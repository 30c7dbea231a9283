"""Reports of Open311 clients keep the promises of every channel."""

from urllib.parse import urlencode

import pytest
from django.utils import timezone

from channels_app.contract import RawMessage
from channels_app.intake import services
from channels_app.partner.open311.parsing import SERVICE, parse
from channels_app.testing import HearingPromises

FACTS = {SERVICE: "voirie"}


class TestReportHears(HearingPromises):
    kind, word = "partner", "nid-de-poule"

    @pytest.fixture
    def sample(self, territory):
        fields = {"service_code": "voirie", "description": "Un nid-de-poule.", "lat": "45.76", "long": "4.85"}
        return urlencode(fields).encode()

    def keep(self, raw, *, key=""):
        stored = services.store_unqueued(
            channel=self.kind,
            address="",
            raw=raw,
            source="open311",
            at=timezone.now(),
            key=key,
            facts=FACTS,
        )
        return stored.arrival_id

    def make_arrived(self, raw):
        return RawMessage(self.keep(raw), "", raw, timezone.now(), FACTS)

    def test_its_point_tells_the_commune(self, sample):
        said = parse(self.make_arrived(sample)).said
        assert (said.insee, said.topic_code) == ("69383", "voirie")
