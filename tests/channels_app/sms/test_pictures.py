"""The pictures of an SMS: asked of the provider alone, after the words (threats: W08, F02, F05, M17)."""

import io
import subprocess
import sys
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection
from django.utils import timezone
from PIL import Image

from channels_app.contract import TemporaryFailure
from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from channels_app.mail.tests.doors import ROOT, our_world
from channels_app.sms import pictures, polling, provider
from channels_app.sms.models import Pictures
from channels_app.sms.provider import Account, Picture, PictureLost
from channels_app.sms.provider.pictures import is_a_store
from gru.demo.telephone.exchange import IN
from requests_app.tickets.models import Attachment, Ticket, Touchpoint
from requests_app.tickets.services import recounting
from requests_app.tickets.services.scanning import scan_waiting
from requests_app.tickets.services.ticket_merging import merge_tickets
from tests.channels_app.sms.conftest import AMINA, OURS, SID, TOKEN, form
from tests.clamd import EICAR, Clamd

pytestmark = pytest.mark.django_db
STORE = "channels_app.sms.provider.pictures.is_a_store"
MESSAGE, MEDIA = f"MM{'a' * 32}", f"ME{'b' * 32}"


def photo(colour="red"):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def mms(telephone, territory):
    """An MMS of Amina's, heard: `mms(photo())` gives its touchpoint."""

    def heard(*datas, body="voir photo", announced=None, **more):
        kept = telephone.album.keep([("image/jpeg", data) for data in datas])
        text = telephone.exchange.add(IN, sender=AMINA, to=OURS, body=body, status="received", media=kept)
        raw = form(body, sid=text.sid, **{**more, "NumMedia": str(announced or len(datas))})
        at = timezone.now()
        stored = intake.store_unqueued(channel="sms", address=OURS, raw=raw, source="t", at=at, key=text.sid)
        intake.process(arrival_id=stored.arrival_id, at=at)
        return Arrival.objects.get(pk=stored.arrival_id).touchpoint

    return heard


def fetch(**later):
    pictures.fetch_waiting(at=timezone.now() + timedelta(**later))


def remarks(touchpoint):
    touchpoint.refresh_from_db()
    return touchpoint.remarks


class TestFetching:
    def test_they_join_the_words_typed_by_their_bytes_and_the_remark_goes(self, mms):
        touchpoint = mms(photo(), photo("blue"))
        assert "2 images sont jointes" in remarks(touchpoint)[0]
        fetch()
        first, second = Attachment.objects.filter(touchpoint=touchpoint).order_by("pk")
        assert (first.name, first.content_type, first.size) == ("image-1.jpg", "image/jpeg", len(photo()))
        assert second.file.read() == photo("blue")
        assert remarks(touchpoint) == []
        ticket = Ticket.objects.get()
        assert (ticket.files_count, ticket.version) == (2, 3)

    def test_F06_the_provider_is_down_the_words_are_there_and_the_picture_comes_later(
        self, mms, telephone, client_of, central
    ):
        telephone.troubles.set("no_pictures", 1)
        touchpoint = mms(photo())
        fetch()
        page = client_of(central).get(f"/demandes/{touchpoint.ticket.reference}/").content.decode()
        assert "voir photo" in page
        assert "nous la demandons à l’opérateur" in page
        assert not Attachment.objects.exists()
        fetch(seconds=30)  # not before its time
        assert not Attachment.objects.exists()
        fetch(minutes=2)
        page = client_of(central).get(f"/demandes/{touchpoint.ticket.reference}/").content.decode()
        assert "image-1.jpg" in page
        assert "nous la demandons" not in page

    def test_after_three_days_it_says_what_to_do(self, mms, telephone):
        telephone.troubles.set("no_pictures", 100)
        touchpoint = mms(photo())
        for hours in (0, 24, 71, 73):
            fetch(hours=hours)
        (words,) = remarks(touchpoint)
        assert "demandez-la par e-mail" in words
        assert Pictures.objects.get().ended_at

    def test_one_that_is_gone_is_said_and_the_others_come(self, mms, telephone):
        touchpoint = mms(photo(), photo("blue"))
        (telephone.album.folder / telephone.exchange.newest_first()[0].media[0][0]).unlink()
        fetch()
        (words,) = remarks(touchpoint)
        assert "l’opérateur ne l’a plus" in words
        assert Attachment.objects.get().name == "image-2.jpg"

    def test_fewer_than_announced_are_waited_for(self, mms):
        touchpoint = mms(photo(), announced=2)
        fetch()
        assert "Une image est jointe" in remarks(touchpoint)[0]
        assert Pictures.objects.due(timezone.now() + timedelta(minutes=3)).exists()

    def test_S02_those_of_an_sms_that_was_never_brought_come_too(self, telephone, territory):
        kept = telephone.album.keep([("image/jpeg", photo())])
        telephone.exchange.add(IN, sender=AMINA, to=OURS, body="x", status="received", media=kept)
        assert polling.poll(at=timezone.now()) == 1
        intake.sweep(at=timezone.now() + timedelta(minutes=1))
        fetch(minutes=2)
        assert Attachment.objects.get().sha256

    def test_without_words_it_is_a_demand_all_the_same(self, mms):
        mms(photo(), body="")
        fetch()
        assert Attachment.objects.count() == Ticket.objects.count() == 1

    @pytest.mark.parametrize("sid", ["SM1", "MM../../Accounts", ""])
    def test_W08_an_id_that_is_none_of_the_provider_s_is_never_put_in_an_address(self, territory, sid):
        raw = form(sid=sid, NumMedia="1", MediaUrl0="http://127.0.0.1:1/x")
        stored = intake.store_unqueued(
            channel="sms", address=OURS, raw=raw, source="t", at=timezone.now(), key="k"
        )
        intake.process(arrival_id=stored.arrival_id, at=timezone.now())
        assert "demandez-la par e-mail" in Touchpoint.objects.get(direction="in").remarks[0]
        assert not Pictures.objects.exists()

    def test_M15_a_page_that_says_it_is_a_picture_is_only_ever_downloaded(self, mms):
        mms(b"<html><script>alert(1)</script></html>")
        fetch()
        assert Attachment.objects.get().content_type == "application/octet-stream"

    def test_M17_a_picture_that_is_a_virus_is_locked_and_the_words_stay(self, mms, settings):
        server = Clamd()
        settings.CLAMAV_URL = server.url
        touchpoint = mms(EICAR)
        fetch()
        assert Attachment.objects.get().is_locked  # nobody opens it before it is controlled
        scan_waiting(at=timezone.now())
        server.close()
        assert Attachment.objects.get().control == "infected"
        assert "virus" in remarks(touchpoint)[0]

    def test_F05_no_room_for_the_file_and_it_comes_again(self, mms, monkeypatch):
        touchpoint = mms(photo())
        with monkeypatch.context() as full:
            full.setattr("requests_app.tickets.files.ContentFile", _no_room)
            fetch()
        assert not Attachment.objects.exists()
        assert "nous la demandons" in remarks(touchpoint)[0]
        fetch(minutes=3)
        assert Attachment.objects.count() == 1


def _no_room(_data):
    raise OSError(28, "No space left on device")


class Server:
    """A server that gives what it is told to, and remembers who asked: `(path, Authorization)`."""

    def __init__(self, status=200, body=b"", location=""):
        asked = self.asked = []

        class Desk(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append((self.path, self.headers.get("Authorization", "")))
                is_moved = location and len(asked) == 1
                self.send_response(307 if is_moved else status)
                if is_moved:
                    self.send_header("Location", location)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words):
                pass

        self.web = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        self.url = f"http://127.0.0.1:{self.web.server_port}"
        threading.Thread(target=self.web.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self.web.shutdown()
        self.web.server_close()


@pytest.fixture
def serve():
    opened = []

    def start(**answer):
        opened.append(Server(**answer))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def ask(server):
    return provider.fetch_picture(
        Account(SID, TOKEN, OURS, server.url), MESSAGE, Picture(MEDIA, "image/jpeg")
    )


class TestAddresses:
    def test_W08_the_address_is_built_of_three_ids_and_the_one_given_is_never_asked(self, mms, serve):
        trap = serve(body=b"secret")
        mms(photo(), MediaUrl0=f"{trap.url}/latest/meta-data/", MediaContentType0="image/jpeg")
        fetch()
        assert trap.asked == []
        assert Attachment.objects.get().size == len(photo())

    def test_W08_only_the_documented_stores_are_followed_and_without_our_token(self, serve, monkeypatch):
        store = serve(body=b"bytes")
        api = serve(location=f"{store.url}/AC/x")
        with pytest.raises(PictureLost):
            ask(api)
        assert store.asked == []
        monkeypatch.setattr(STORE, lambda url: url.startswith(store.url))
        assert ask(serve(location=f"{store.url}/AC/x")) == b"bytes"
        assert store.asked == [("/AC/x", "")]

    def test_W08_a_store_that_leads_elsewhere_is_not_followed_again(self, serve, monkeypatch):
        trap = serve(body=b"secret")
        store = serve(location=trap.url)
        monkeypatch.setattr(STORE, lambda url: url.startswith(store.url))
        with pytest.raises(PictureLost):
            ask(serve(location=store.url))
        assert trap.asked == []

    def test_the_same_server_may_say_it_is_elsewhere_on_it(self, serve):
        api = serve(body=b"bytes", location="/there")
        assert ask(api) == b"bytes"
        assert [path for path, _token in api.asked][1:] == ["/there"]

    @pytest.mark.parametrize(
        "url",
        [
            "https://media.twiliocdn.com/AC1/abc",
            "https://mms.twiliocdn.com/AC1/abc?x=1",
            "https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC1/abc",
        ],
    )
    def test_W08_these_are_stores_of_the_provider(self, url):
        assert is_a_store(url)

    @pytest.mark.parametrize(
        "url",
        [
            "http://media.twiliocdn.com/AC1/abc",
            "https://media.twiliocdn.com.pirate.exemple/x",
            "https://media.twiliocdn.com@127.0.0.1/x",
            "https://user@media.twiliocdn.com/x",
            "https://media.twiliocdn.com:8443/x",
            "https://s3-external-1.amazonaws.com/bucket/x",
            "https://s3-external-1.amazonaws.com/media.twiliocdn.com/../bucket/x",
            "https://s3-external-1.amazonaws.com/media.twiliocdn.com/%2e%2e/bucket/x",
            "https://169.254.169.254/latest/meta-data/",
            "http://127.0.0.1/",
            "file:///etc/passwd",
            "//media.twiliocdn.com/x",
            "https://[::1",
            "https://media.twiliocdn.com:x/",
            "",
        ],
    )
    def test_W08_these_are_not(self, url):
        assert not is_a_store(url)

    def test_one_that_is_too_big_is_lost_and_read_no_further(self, serve, monkeypatch):
        monkeypatch.setattr("channels_app.sms.provider.pictures.MAX_BYTES", 10)
        with pytest.raises(PictureLost, match="5"):
            ask(serve(body=b"x" * 11))

    @pytest.mark.parametrize("status", [401, 429, 500, 503])
    def test_a_refusal_of_the_moment_is_asked_again(self, serve, status):
        with pytest.raises(TemporaryFailure):
            ask(serve(status=status))

    def test_nobody_listens(self, serve):
        server = serve()
        server.close()
        with pytest.raises(TemporaryFailure):
            ask(server)


@pytest.mark.django_db(transaction=True)
class TestTwice:
    def test_I3_two_workers_keep_each_picture_once(self, mms):
        mms(photo(), photo("blue"))
        row, at = Pictures.objects.get(), timezone.now()

        def work():
            pictures.fetch(pictures_id=row.pk, at=at)
            connection.close()

        workers = [threading.Thread(target=work) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        pictures.fetch(pictures_id=row.pk, at=at + timedelta(hours=1))
        assert Attachment.objects.count() == 2

    def test_F02_a_worker_killed_with_a_picture_in_its_hands_the_sweep_keeps_it_once(self, mms, telephone):
        mms(photo())
        code = "import django; django.setup(); from channels_app.sms import tasks; "
        code += f"tasks.fetch_pictures(pictures_id={Pictures.objects.get().pk})"
        account = {"GRU_TWILIO_ACCOUNT_SID": SID, "GRU_TWILIO_AUTH_TOKEN": TOKEN, "GRU_TWILIO_FROM": OURS}
        world = our_world(**account, GRU_TWILIO_API_BASE=telephone.url, FAILPOINT="sms.picture_fetched:kill")
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=world).returncode == -9
        fetch(minutes=1)
        assert not Attachment.objects.exists()  # the dead worker's lease
        fetch(minutes=3)
        assert Attachment.objects.count() == 1


def test_W12_a_picture_of_a_merged_ticket_shows_where_it_goes_on(mms, make_ticket, central):
    ticket, survivor = mms(photo()).ticket, make_ticket()
    merge_tickets(merged=ticket, survivor=survivor, is_two_persons=True, by=central, at=timezone.now())
    before = Ticket.objects.get(pk=survivor.pk)
    fetch()
    after = Ticket.objects.get(pk=survivor.pk)
    assert (before.files_count, after.files_count) == (0, 1)
    assert after.version > before.version
    assert recounting.find_all_differences() == []
