from email import message_from_bytes, policy

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from channels_app.contract import Deferred
from channels_app.mail.outbound import MailOutbound
from channels_app.mail.sending.routes import BadUrl, Provider, route_of
from channels_app.mail.sending.writing import as_bytes, build_mail, references
from requests_app.outbox import links
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


def message(outgoing):
    """As the other side reads it."""
    return message_from_bytes(as_bytes(build_mail(outgoing)), policy=policy.default)


class TestWriting:
    def test_the_message_id_is_ours_and_the_sender_is_the_maison(self, outgoing):
        mail = message(outgoing(sender="Métropole de Lyon – Lyon 8"))
        assert mail["Message-ID"] == "<gru.x@demande.invalid>"
        assert "accueil@demande.invalid" in mail["From"]

    def test_M18_a_line_break_in_a_name_begins_no_header(self, outgoing):
        mail = message(outgoing(sender="Lyon\r\nBcc: victime@exemple.fr", subject="a\r\nBcc: b@c.fr"))
        assert mail["Bcc"] is None
        assert "\n" not in str(mail["Subject"])

    def test_M11_an_acknowledgment_asks_robots_to_keep_quiet(self, outgoing):
        mail = message(outgoing())
        assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-replied", "All")

    def test_M11_an_agent_s_answer_calms_absence_messages_and_is_no_robot_s(self, outgoing):
        mail = message(outgoing(kind="answer"))
        assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == (None, "OOF, AutoReply")

    def test_a_long_thread_keeps_its_first_and_its_last_message(self):
        thread = references([f"{rank:04}@exemple.fr" for rank in range(200)])
        assert len(thread) <= 1500
        assert thread.startswith("<0000@")
        assert thread.endswith("<0199@exemple.fr>")

    def test_the_text_is_whole_and_the_page_says_the_same_without_any_markup_of_others(self, outgoing):
        mail = message(outgoing(text="Bonjour <b>,\n\nVoir https://x.fr/s/1?a=1&b=2."))
        assert (
            mail.get_body(("plain",)).get_content().replace("\r", "").strip()
            == "Bonjour <b>,\n\nVoir https://x.fr/s/1?a=1&b=2."
        )
        page = mail.get_body(("html",)).get_content()
        assert "<p>Bonjour &lt;b&gt;,</p>" in page
        assert '<a href="https://x.fr/s/1?a=1&amp;b=2">https://x.fr/s/1?a=1&amp;b=2</a>.' in page

    @pytest.mark.django_db
    def test_W09_the_secret_link_is_put_in_when_the_mail_leaves(self, outgoing, settings):
        settings.PUBLIC_URL = "https://gru.exemple.fr"
        mail = outgoing(text="Suivre votre demande : {lien}")
        mail.key = "acknowledgment:LYN-7K4P2Q:amina@exemple.fr:mail"
        links.link_for(mail.key, "ticket", 7, timezone.now())
        plain, page = (part.get_content() for part in message(mail).iter_parts())
        address = plain.rpartition(" : ")[2].strip()
        assert address.startswith("https://gru.exemple.fr/s/")
        assert f'<a href="{address}">' in page

    def test_every_line_is_short_and_of_seven_bits(self, outgoing):
        raw = as_bytes(build_mail(outgoing(text="é" * 5000, subject="à" * 300)))
        assert raw.isascii()
        assert max(map(len, raw.split(b"\r\n"))) <= 998

    def test_files_are_joined_and_one_that_cannot_be_read_waits(self, outgoing, settings, tmp_path):
        name = default_storage.save("piece.pdf", ContentFile(b"%PDF-1.7"))
        row = outgoing(files=[{"name": "Re\r\nçu.pdf", "content_type": "application/pdf"}])
        row.files = [name]
        (file,) = message(row).iter_attachments()
        assert (file.get_filename(), file.get_content()) == ("Re çu.pdf", b"%PDF-1.7")
        default_storage.delete(name)
        with pytest.raises(Deferred):
            MailOutbound().send(row, at=timezone.now())

    def test_the_sender_may_be_another_mailbox_than_the_doors(self, outgoing, settings):
        settings.MAIL_FROM = "contact@exemple.fr"
        assert message(outgoing())["From"].addresses[0].addr_spec == "contact@exemple.fr"


class TestRoutes:
    def test_reads_the_address_of_the_sending_server(self):
        server = route_of("smtp://nom:mot%20de%20passe@serveur:587?tls=1")
        assert (server.host, server.port, server.password) == ("serveur", 587, "mot de passe")
        assert server.starts_tls
        assert route_of("smtps://nom:mot@serveur").port == 465
        assert route_of("") is None

    @pytest.mark.parametrize(
        ("url", "options"),
        [
            ("mailgun://clef@mg.exemple.fr", {"api_key": "clef", "sender_domain": "mg.exemple.fr"}),
            ("postmark://clef@", {"server_token": "clef"}),
            ("brevo://clef@?api=https://x.fr/", {"api_key": "clef", "api_url": "https://x.fr/"}),
            ("mailjet://clef:secret@", {"api_key": "clef", "secret_key": "secret"}),
            (
                "amazon_ses://CLEF:se%2Fcret@eu-west-3",
                {
                    "aws_access_key_id": "CLEF",
                    "aws_secret_access_key": "se/cret",
                    "region_name": "eu-west-3",
                },
            ),
        ],
    )
    def test_reads_the_keys_of_a_sending_service(self, url, options):
        name = url.partition(":")[0]
        assert route_of(f"anymail+{url}") == Provider(name, tuple(options.items()))

    @pytest.mark.parametrize(
        "url",
        [
            *("serveur:25", "http://serveur", "smtp://", "smtp://serveur:abc", "smtp://[::1"),
            *("anymail+autre://clef@", "anymail+postmark://", "anymail+mailjet://clef@"),
        ],
    )
    def test_F13_says_how_to_write_what_it_cannot_read(self, url):
        with pytest.raises(BadUrl, match="smtp://serveur:port"):
            route_of(url)
