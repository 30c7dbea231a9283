"""Files are controlled beside their message (threats: M17): a local server speaks clamd's words."""

import io
import re
import socket

import pytest
from django.utils import timezone

from gru import checks
from requests_app.lib.antivirus import TooBig, Unavailable, is_address, virus_in
from requests_app.outbox.models import Outgoing
from requests_app.tickets.files import attach
from requests_app.tickets.inbound import SaidFile
from requests_app.tickets.models import Attachment, ToDo
from requests_app.tickets.services.scanning import scan_touchpoint, scan_waiting
from tests.clamd import EICAR, Clamd, ClamdAtPath

NOW = timezone.now()
Control = Attachment.Control


@pytest.fixture
def clamd(settings):
    server = Clamd()
    settings.CLAMAV_URL = server.url
    yield server
    server.close()


@pytest.fixture
def away(settings):
    """An address where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.CLAMAV_URL = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        yield


@pytest.fixture
def receive_file(make_ticket):
    """A message by mail with one file, not yet controlled."""

    def make(data=b"%PDF-1.4 facture", *, channel="mail", **facts):
        ticket = make_ticket(files_count=1)
        touchpoint = ticket.touchpoints.get()
        touchpoint.channel, touchpoint.sender, touchpoint.facts = channel, "amina@exemple.fr", facts
        touchpoint.save()
        return attach(touchpoint, [SaidFile("facture.pdf", "application/pdf", data)])[0]

    return make


class TestClient:
    def test_M17_tells_clean_from_infected(self, clamd):
        assert virus_in(io.BytesIO(b"bonjour" * 50_000), url=clamd.url) == ""
        assert virus_in(io.BytesIO(EICAR), url=clamd.url) == "Win.Test.EICAR_HDB-1"
        assert clamd.asked[0] == b"bonjour" * 50_000

    def test_M17_speaks_through_a_file_of_the_machine(self, tmp_path):
        server = ClamdAtPath(tmp_path / "clamd.sock")
        assert virus_in(io.BytesIO(EICAR), url=server.url)
        server.close()

    def test_M17_says_what_is_too_big(self, clamd):
        clamd.most_bytes = 10
        with pytest.raises(TooBig):
            virus_in(io.BytesIO(b"x" * 5_000_000), url=clamd.url)

    @pytest.mark.parametrize("answer", [b"\0", b"", b"stream: ERROR\0", b"bonjour", b"x" * 9000])
    def test_M17_believes_no_other_answer(self, clamd, answer):
        clamd.answer = answer or b" "
        with pytest.raises(Unavailable):
            virus_in(io.BytesIO(b"x"), url=clamd.url)

    def test_M17_waits_no_longer_than_it_should(self):
        with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Unavailable):
            virus_in(io.BytesIO(b"x"), url=f"tcp://127.0.0.1:{silent.getsockname()[1]}", seconds=0.2)

    @pytest.mark.parametrize("url", ["http://x", "tcp://x", "tcp://x:y", "unix://", "clamd"])
    def test_a_wrong_address_is_said_at_start(self, settings, url):
        settings.CLAMAV_URL = url
        assert not is_address(url)
        assert [error.id for error in checks.clamav_url_is_understood()] == ["gru.E013"]


@pytest.mark.django_db
class TestFiles:
    def test_M17_without_a_scanner_nothing_waits(self, receive_file):
        assert receive_file().control == Control.NONE

    def test_M17_a_clean_file_opens(self, clamd, receive_file):
        file = receive_file()
        assert (file.control, file.is_locked) == (Control.WAITING, True)
        scan_touchpoint(touchpoint_id=file.touchpoint_id, at=NOW)
        file.refresh_from_db()
        assert (file.control, file.is_locked) == (Control.CLEAN, False)

    def test_M17_an_infected_file_is_locked_and_both_are_told(self, clamd, receive_file):
        file = receive_file(EICAR)
        scan_touchpoint(touchpoint_id=file.touchpoint_id, at=NOW)
        file.refresh_from_db()
        assert (file.control, file.is_locked) == (Control.INFECTED, True)
        assert "Un virus a été trouvé dans « facture.pdf »" in file.touchpoint.remarks[-1]
        told = Outgoing.objects.get()
        assert (told.recipient, told.state) == ("amina@exemple.fr", Outgoing.State.QUEUED)
        assert "contient un virus" in told.payload["text"]
        assert "facture.pdf" not in told.payload["text"]

    def test_M17_is_told_once_whoever_rings(self, clamd, receive_file):
        file = receive_file(EICAR)
        for _ring in range(3):
            scan_touchpoint(touchpoint_id=file.touchpoint_id, at=NOW)
            scan_waiting(at=NOW)
        assert Outgoing.objects.count() == 1
        file.touchpoint.refresh_from_db()
        assert len(file.touchpoint.remarks) == 1

    @pytest.mark.parametrize("how", [{"channel": "visit"}, {"no_ack": True}])
    def test_M17_who_cannot_be_written_to_is_told_by_an_agent(self, clamd, receive_file, how):
        file = receive_file(EICAR, **how)
        scan_waiting(at=NOW)
        assert not Outgoing.objects.exists()
        assert "virus" in ToDo.objects.get(ticket=file.touchpoint.ticket).text

    def test_M17_a_scanner_that_is_away_keeps_files_and_the_sweep_tries_again(
        self, away, settings, receive_file
    ):
        file = receive_file()
        scan_waiting(at=NOW)
        file.refresh_from_db()
        assert file.control == Control.WAITING
        server = Clamd()
        settings.CLAMAV_URL = server.url
        scan_waiting(at=NOW)
        server.close()
        file.refresh_from_db()
        assert file.control == Control.CLEAN

    def test_M17_a_scanner_taken_away_for_good_frees_what_waits(self, away, settings, receive_file):
        file = receive_file()
        settings.CLAMAV_URL = ""
        scan_waiting(at=NOW)
        file.refresh_from_db()
        assert file.is_locked is False

    def test_M17_too_big_for_the_scanner_stays_locked(self, clamd, receive_file):
        clamd.most_bytes = 3
        file = receive_file()
        scan_waiting(at=NOW)
        file.refresh_from_db()
        assert (file.control, file.is_locked) == (Control.TOO_BIG, True)


@pytest.mark.django_db
class TestPage:
    @pytest.mark.parametrize(
        ("control", "word"),
        [("waiting", "en attente de contrôle"), ("infected", "virus trouvé"), ("too_big", "trop gros")],
    )
    def test_M17_a_locked_file_has_a_word_and_no_link_and_its_message_is_read(
        self, client_of, chloe, receive_file, control, word
    ):
        file = receive_file()
        client = client_of(chloe)
        page = f"/demandes/{file.touchpoint.ticket.reference}/"
        link = re.findall(r'href="([^"]*/fichiers/[^"]+)"', client.get(page).content.decode())[0]
        Attachment.objects.update(control=control)
        shown = client.get(page).content.decode()
        assert word in shown
        assert "/fichiers/" not in shown
        assert file.touchpoint.text in shown
        assert client.get(link)["Location"].endswith(page)  # a link signed before

    def test_M17_a_clean_file_is_as_any_other(self, client_of, chloe, receive_file):
        file = receive_file()
        Attachment.objects.update(control="clean")
        shown = client_of(chloe).get(f"/demandes/{file.touchpoint.ticket.reference}/").content.decode()
        assert "/fichiers/" in shown
