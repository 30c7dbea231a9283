"""Files that no row knows go after a day, whatever is kept beside them."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone

from channels_app.portal.models import Draft, DraftFile
from requests_app.tickets.files import attach
from requests_app.tickets.inbound import SaidFile
from requests_app.tickets.services import sweep_orphans
from requests_app.tickets.services.orphans import EVERY_S

pytestmark = pytest.mark.django_db
NAME = "a1" * 16
LATER = timedelta(days=1, hours=1)


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    """A storage of this test alone."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    return tmp_path


def stored(name):
    """Keep a file of just now: the disk has its own clock, which may not be the one of the test."""
    name, now = default_storage.save(name, ContentFile(b"x")), timezone.now().timestamp()
    os.utime(default_storage.path(name), (now, now))
    return name


def all_turns(at):
    """One pass of each folder."""
    turns = len(default_storage.listdir("")[0])
    return sum(sweep_orphans(at=at + timedelta(seconds=EVERY_S * turn)) for turn in range(turns))


class TestSweep:
    def test_what_a_crash_left_goes_after_a_day_and_not_before(self):
        stored(f"a1/{NAME}")

        assert all_turns(timezone.now() + timedelta(hours=23)) == 0
        assert default_storage.exists(f"a1/{NAME}")
        assert all_turns(timezone.now() + LATER) == 1
        assert not default_storage.exists(f"a1/{NAME}")

    def test_what_a_row_of_any_room_knows_stays(self, make_ticket, make_touchpoint):
        now = timezone.now()
        kept = attach(make_touchpoint(make_ticket()), [SaidFile("a.txt", "text/plain", b"a")])[0].file.name
        draft = Draft.objects.create(secret_hash="x", created_at=now, expires_at=now)
        portal = stored(f"portal/{NAME}")
        DraftFile.objects.create(draft=draft, file=portal, size=1, added_at=now)

        assert all_turns(now + LATER) == 0
        assert all(map(default_storage.exists, (kept, portal)))

    def test_what_is_not_ours_is_not_touched(self):
        for name in ("a1/lisez-moi.txt", "sauvegarde/2026.dump", NAME):
            stored(name)

        assert all_turns(timezone.now() + LATER) == 0

    def test_one_pass_is_bounded_and_the_next_goes_on(self, monkeypatch):
        monkeypatch.setattr("requests_app.tickets.services.orphans.MAX_FILES", 2)
        for rank in range(3):
            stored(f"a1/{rank:032x}")

        assert [all_turns(timezone.now() + LATER) for _turn in range(2)] == [2, 1]

    def test_a_storage_that_nothing_ever_entered_is_no_trouble(self, tmp_path):
        never = FileSystemStorage(location=tmp_path / "files")
        assert sweep_orphans(at=timezone.now(), storage=never) == 0

    def test_a_storage_still_empty_or_a_file_gone_meanwhile_is_no_trouble(self, monkeypatch):
        assert sweep_orphans(at=timezone.now()) == 0
        stored(f"a1/{NAME}")

        def gone(self, name):
            raise FileNotFoundError(name)

        monkeypatch.setattr(FileSystemStorage, "get_modified_time", gone)
        assert all_turns(timezone.now() + LATER) == 0

    def test_asks_as_much_for_one_file_as_for_ten(self, django_assert_num_queries):
        def cost():
            with django_assert_num_queries(3):  # one for each room that keeps files
                sweep_orphans(at=timezone.now())

        stored(f"a1/{NAME}")
        cost()
        for rank in range(9):
            stored(f"a1/{rank:032x}")
        cost()
        assert os.listdir(default_storage.path("a1"))
