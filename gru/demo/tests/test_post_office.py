import http.client
import json
import re
import smtplib
import socket
import threading

import pytest

from gru.demo.post_office.shelf import Shelf
from gru.demo.post_office.smtp import Trouble, start_server
from gru.demo.post_office.web import serving

MAIL = (
    "From: accueil@demande.invalid\r\nSubject: <b>Votre</b> demande\r\nMessage-ID: <1@x>\r\n\r\nBonjour\r\n"
)
HOST = "127.0.0.1"


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@pytest.fixture
def office(tmp_path):
    """The two doors of a post office, on free ports."""
    shelf, trouble = Shelf(tmp_path / "mails.jsonl"), Trouble()
    web = serving(shelf, trouble, host=HOST, port=0)
    threading.Thread(target=web.serve_forever, args=(0.02,), daemon=True).start()
    smtp = start_server(shelf, trouble, host=HOST, port=free_port())
    smtp.web_port, smtp.smtp_port = web.server_port, smtp.port
    yield smtp
    smtp.stop()
    web.shutdown()
    web.server_close()


def post(office):
    with smtplib.SMTP(HOST, office.smtp_port) as line:
        line.sendmail("accueil@demande.invalid", ["amina@exemple.fr"], MAIL)


def page(office, path, method="GET", body=None):
    line = http.client.HTTPConnection(HOST, office.web_port)
    line.request(method, path, body=body)
    answer = line.getresponse()
    return answer.status, answer.read().decode(errors="replace")


def test_what_is_sent_can_be_read_as_a_page_and_as_data(office):
    post(office)
    status, shown = page(office, "/courriels/")
    assert status == 200
    assert "&lt;b&gt;Votre" in shown
    (link,) = re.findall(r'href="(/courriels/\w+/)"', shown)
    assert "<p>Bonjour</p>" in page(office, link)[1]
    (mail,) = json.loads(page(office, "/courriels.json")[1])
    assert (mail["to"], mail["message_id"], mail["text"].strip()) == ("amina@exemple.fr", "1@x", "Bonjour")


def test_a_name_cut_inside_a_word_is_read_whole(tmp_path):
    name = (
        "=?utf-8?q?Maison_de_la_M=C3=A9tropole_de_Lyon_8?=\r\n =?utf-8?q?=C3=A8me?= <accueil@demande.invalid>"
    )
    shelf = Shelf(tmp_path / "mails.jsonl")
    shelf.add(MAIL.replace("accueil@demande.invalid", name).encode(), "amina@exemple.fr")
    assert shelf.mails[0].sender == "Maison de la Métropole de Lyon 8ème <accueil@demande.invalid>"


def test_it_can_be_asked_whether_it_has_a_message(office):
    post(office)
    assert page(office, "/courriels/recu?message_id=1@x")[0] == 200
    assert page(office, "/courriels/recu?message_id=2@x")[0] == 404


def test_it_fails_on_command_and_only_as_long_as_told(office):
    body = json.dumps({"mode": "550", "count": 1})
    assert page(office, "/courriels/panne", "POST", body)[0] == 200
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        post(office)
    post(office)
    assert len(json.loads(page(office, "/courriels.json")[1])) == 1


def test_it_remembers_across_restarts(office, tmp_path):
    post(office)
    assert Shelf(tmp_path / "mails.jsonl").has("1@x")


def test_it_forgets_the_oldest_in_its_file_too(tmp_path):
    shelf = Shelf(tmp_path / "few.jsonl", kept=3)
    for rank in range(20):
        shelf.add(b"Message-ID: <%d@x>\r\n\r\nBonjour\r\n" % rank, "amina@exemple.fr")
    assert len((tmp_path / "few.jsonl").read_text().splitlines()) <= 6
    assert [shelf.has(f"{rank}@x") for rank in (16, 17, 19)] == [False, True, True]


@pytest.mark.parametrize(
    "path", ["/static/../manage.py", "/static/%2e%2e/manage.py", "/etc/passwd", "/static/"]
)
def test_it_gives_nothing_else_of_this_machine(office, path):
    assert page(office, path)[0] == 404


@pytest.mark.parametrize("body", ["", "{", '{"mode": "burn"}', '{"mode": "550", "count": "x"}'])
def test_a_command_it_does_not_know_is_refused(office, body):
    assert page(office, "/courriels/panne", "POST", body)[0] == 400
