import pytest
from django.utils import timezone

from channels_app.contract import RawMessage, Unreadable
from channels_app.frontdesk.inbound import FrontDeskInbound
from channels_app.frontdesk.sheet import Next, Sheet, read_sheet
from channels_app.testing import HearingPromises
from requests_app.people.services import NewPerson


def arrived(raw):
    return RawMessage(1, "", raw, timezone.now())


class TestCounterHears(HearingPromises):
    kind, word = "frontdesk", "dossier"

    @pytest.fixture
    def sample(self, bruno, lyon_8):
        at = timezone.now()
        return Sheet(at, bruno.pk, lyon_8.pk, Next.QUEUE, why="RSA", word="Son dossier est là.").to_raw()


class TestSheet:
    def test_comes_back_as_it_was_written(self):
        sheet = Sheet(
            at=timezone.now(),
            agent_id=1,
            maison_id=2,
            next=Next.QUEUE,
            word="« Ça » \u0000 ’",
            new_person=NewPerson("Zoé", "Durand", 1980),
        )

        assert read_sheet(sheet.to_raw()) == sheet
        assert sheet.to_raw() == read_sheet(sheet.to_raw()).to_raw()

    @pytest.mark.parametrize("raw", [b"", b"\xff", b"[]", b"{}", b'{"at": 1}', b"null"])
    def test_noise_is_unreadable(self, raw):
        with pytest.raises(Unreadable):
            FrontDeskInbound().parse(arrived(raw))
