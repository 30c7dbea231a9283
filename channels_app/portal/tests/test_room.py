"""No robot fills the disk with forms it never sends (threats: W02); a full disk loses no word (F05)."""

import errno
import os
from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.utils import timezone

from channels_app.intake.models import Arrival
from channels_app.portal import drafts, limits, quota
from channels_app.portal.limits import Attempt, Limit
from channels_app.portal.models import Draft, DraftFile, Try
from channels_app.portal.tests.conftest import ANSWERS, address
from channels_app.portal.tests.test_asking import photo
from channels_app.portal.tests.test_following import secret_of
from requests_app.tickets.models import Attachment

pytestmark = pytest.mark.django_db
WORDS = "Ma chaudière est en panne depuis lundi."


@pytest.fixture
def limited(settings):
    settings.LIMITS_ON = True
    quota.look_again()
    yield settings
    quota.look_again()


@pytest.fixture
def client(fill, limited):
    client = fill()
    limited.LIMITS_ON = True
    return client


def add_photo(client, count=1):
    files = [photo() for _ in range(count)]
    return client.post("/demande/message/", {"texte": WORDS, "papiers": files, "ajouter": "1"})


def stored(storage_root):
    return [name for _root, _dirs, names in os.walk(storage_root) for name in names]


class TestByAddress:
    def test_W02_forms_begun_without_end_get_the_phone_number_and_their_words_back(self, territory, limited):
        limits.note(
            Attempt(limits.BEGIN_BY_ADDRESS, "127.0.0.1", limits.BEGIN_BY_ADDRESS.most), at=timezone.now()
        )
        answer = Client().post("/demande/message/", {"texte": WORDS})
        page = answer.content.decode()
        assert answer.status_code == 429
        assert WORDS in page
        assert limited.AUTHORITY_PHONE in page
        assert not Draft.objects.exists()

    def test_W02_photos_are_counted_and_weighed_by_the_hour(self, client, monkeypatch):
        monkeypatch.setattr(limits, "FILES_BY_ADDRESS", Limit("files", 3, timedelta(hours=1), 50_000))
        assert add_photo(client, 2).status_code == 302
        page = add_photo(client, 2).content.decode()
        assert "Nous ne pouvons pas garder de photo maintenant" in page
        assert WORDS in page
        assert DraftFile.objects.count() == 2
        Try.objects.update(at=timezone.now() - timedelta(hours=1))
        assert add_photo(client, 2).status_code == 302

    def test_W02_a_few_heavy_photos_are_as_much_as_many_light_ones(self, client, monkeypatch):
        weight = photo().size
        monkeypatch.setattr(limits, "FILES_BY_ADDRESS", Limit("files", 99, timedelta(hours=1), weight * 2))
        add_photo(client, 2)
        assert "Nous ne pouvons pas" in add_photo(client).content.decode()

    def test_W02_the_follow_up_page_keeps_the_message_it_refuses_a_photo_of(
        self, make_ticket, limited, monkeypatch
    ):
        monkeypatch.setattr(limits, "FILES_BY_ADDRESS", Limit("files", 0, timedelta(hours=1)))
        secret = secret_of(make_ticket(sender="amina@exemple.fr"))
        answer = Client().post(f"/suivi/{secret}/message/", {"texte": WORDS, "papiers": [photo()]})
        assert WORDS in answer.content.decode()
        assert limited.AUTHORITY_PHONE in answer.content.decode()
        assert not Arrival.objects.exists()

    def test_limits_off_count_nothing(self, fill, monkeypatch):
        monkeypatch.setattr(limits, "FILES_BY_ADDRESS", Limit("files", 0, timedelta(hours=1)))
        assert add_photo(fill()).status_code == 302
        assert not Try.objects.exists()


class TestForAll:
    def test_W02_ten_thousand_forms_never_sent_stop_at_the_room_they_have(self, client, limited):
        limited.MAX_UNSENT_BYTES = quota.weight() + photo().size + quota.BLOCK
        assert add_photo(client).status_code == 302
        assert WORDS in add_photo(client).content.decode()
        quota.look_again()
        limited.MAX_UNSENT_BYTES = 1
        assert Client().post("/demande/", ANSWERS["sujet"]).status_code == 429

    def test_what_is_sent_weighs_nothing_any_more(self, client):
        add_photo(client)
        assert quota.weight() > quota.BLOCK
        Draft.objects.update(created_at=timezone.now() - timedelta(minutes=1))
        client.post(address("verifier"))
        assert quota.weight() == 0

    def test_what_a_robot_left_goes_in_one_pass(self, client, limited, monkeypatch):
        monkeypatch.setattr(drafts, "BATCH", 3)
        add_photo(client)
        for _ in range(7):
            drafts.open_draft(at=timezone.now() - drafts.LASTS)
        Draft.objects.update(expires_at=timezone.now())
        assert drafts.purge_expired(at=timezone.now()) == 8
        assert not DraftFile.objects.exists()


class TestFullDisk:
    @pytest.fixture
    def full(self, monkeypatch):
        """The disk of the files takes half of a file, then no more."""

        def save(self, name, content):
            path = self.path(name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content.read()[:100])
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(FileSystemStorage, "_save", save)

    def test_F05_a_photo_is_refused_in_words_and_the_text_kept(self, client, full, limited):
        root = limited.STORAGES["default"]["OPTIONS"]["location"]
        before = stored(root)
        page = add_photo(client).content.decode()
        assert "Nous ne pouvons pas garder de photo maintenant" in page
        assert WORDS in page
        assert not DraftFile.objects.exists()
        assert stored(root) == before

    def test_F05_nothing_is_confirmed_of_a_message_whose_photo_has_no_room(self, make_ticket, limited, full):
        secret = secret_of(make_ticket(sender="amina@exemple.fr"))
        answer = Client().post(f"/suivi/{secret}/message/", {"texte": WORDS, "papiers": [photo()]})
        assert (answer.status_code, WORDS in answer.content.decode()) == (200, True)
        assert not Attachment.objects.exists()
        assert not Arrival.objects.exists()

    def test_F05_a_full_disk_for_what_arrives_says_that_the_text_is_in_the_page_before(
        self, client, monkeypatch, settings
    ):
        def fails(*_args, **_kwargs):
            raise OSError(errno.ENOSPC, "No space left on device")

        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
        monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", fails)
        answer = add_photo(client)
        page = answer.content.decode()
        assert answer.status_code == 503
        assert "votre texte y est encore" in page
        assert settings.AUTHORITY_PHONE in page
