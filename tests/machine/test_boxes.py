"""What the machine says of the boxes it reads by IMAP."""

import pytest
from django.utils import timezone

from channels_app.mail import imap
from channels_app.mail.tests.imap_server import ImapServer
from gru.checks import imap_url_is_understood
from gru.doctor import polled_boxes
from requests_app.lib.incidents import incidents

pytestmark = pytest.mark.django_db(transaction=True)


def test_doctor_has_a_line_for_each_box(settings):
    server = ImapServer()
    settings.IMAP_URL = server.url()
    assert [(each.part, each.state) for each in polled_boxes()] == [("boîte 127.0.0.1/INBOX", "en attente")]
    imap.poll(at=timezone.now())
    assert polled_boxes()[0].state == "bon"
    server.close()
    imap.poll(at=timezone.now())
    assert polled_boxes()[0].state == "à surveiller"


def test_F13_an_address_that_cannot_be_read_is_refused_at_start(settings):
    settings.IMAP_URL = "imaps://sans-mot-de-passe@serveur"
    (error,) = imap_url_is_understood()
    assert "GRU_IMAP_URL s’écrit" in error.msg
    assert error.msg in incidents(timezone.now())
