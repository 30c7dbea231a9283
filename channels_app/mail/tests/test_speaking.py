import pytest
from django.utils import timezone

from channels_app.mail.speaking.server import BadUrl, server_of
from channels_app.mail.speaking.writing import references, written
from requests_app.outbox.models import Outgoing


@pytest.fixture
def outgoing():
    def make(kind="acknowledgment", **payload):
        whole = {"subject": "Votre demande LYN-7K4P2Q", "text": "Bonjour", **payload}
        return Outgoing(
            kind=kind,
            recipient="amina@exemple.fr",
            message_id="gru.x@demande.invalid",
            payload=whole,
            created_at=timezone.now(),
        )

    return make


class TestWriting:
    def test_the_message_id_is_ours_and_the_sender_is_the_maison(self, outgoing):
        mail = written(outgoing(sender="Métropole de Lyon – Lyon 8"))
        assert mail["Message-ID"] == "<gru.x@demande.invalid>"
        assert "accueil@demande.invalid" in mail["From"]

    def test_M18_a_line_break_in_a_name_begins_no_header(self, outgoing):
        mail = written(outgoing(sender="Lyon\r\nBcc: victime@exemple.fr", subject="a\r\nBcc: b@c.fr"))
        assert mail["Bcc"] is None
        assert "\n" not in str(mail["Subject"])

    def test_M11_an_acknowledgment_asks_robots_to_keep_quiet(self, outgoing):
        mail = written(outgoing())
        assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
        assert written(outgoing(kind="answer"))["Auto-Submitted"] is None

    def test_a_long_thread_keeps_its_first_and_its_last_message(self):
        thread = references([f"{rank:04}@exemple.fr" for rank in range(200)])
        assert len(thread) <= 1500
        assert thread.startswith("<0000@")
        assert thread.endswith("<0199@exemple.fr>")


class TestServer:
    def test_reads_the_address_of_the_sending_server(self):
        server = server_of("smtp://nom:mot%20de%20passe@serveur:587?tls=1")
        assert (server.host, server.port, server.password, server.starts_tls) == (
            "serveur",
            587,
            "mot de passe",
            True,
        )
        assert server_of("smtps://serveur").port == 465
        assert server_of("") is None

    @pytest.mark.parametrize("url", ["serveur:25", "http://serveur", "smtp://", "smtp://serveur:abc"])
    def test_says_how_to_write_what_it_cannot_read(self, url):
        with pytest.raises(BadUrl, match="smtp://serveur:port"):
            server_of(url)
