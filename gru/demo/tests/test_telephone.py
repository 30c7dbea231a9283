"""The local telephone: the real client speaks to it, it speaks to the real door."""

import http.client
import json
import re
import threading
import time
from base64 import b64encode
from urllib.parse import urlencode

import pytest
from twilio.base.exceptions import TwilioRestException

from channels_app.intake.models import Arrival
from channels_app.sms.provider.accounts import Account, client_of
from gru.demo.post_office.shelf import Shelf
from gru.demo.post_office.smtp import Trouble
from gru.demo.post_office.web import serving
from gru.demo.telephone import Exchange, Subscriber, Telephone
from requests_app.outbox.models import Outgoing

SID, TOKEN, OURS, AMINA = f"AC{'1' * 32}", "secret", "+33937000000", "+33639981234"
HOST = "127.0.0.1"


@pytest.fixture
def opened(tmp_path, settings):
    """A telephone whose door is at ``public_url``."""
    places = []

    def open_at(public_url="http://127.0.0.1:9"):
        place = Telephone(Exchange(tmp_path / "texts.jsonl"), Subscriber(SID, TOKEN, OURS, public_url))
        web = serving(Shelf(tmp_path / "m.jsonl"), Trouble(), host=HOST, port=0, telephone=place)
        threading.Thread(target=web.serve_forever, args=(0.02,), daemon=True).start()
        place.port = web.server_port
        place.client = client_of(Account(SID, TOKEN, OURS, f"http://{HOST}:{web.server_port}"))
        places.append((place, web))
        return place

    yield open_at
    for place, web in places:
        place.caller.lines.shutdown(wait=True, cancel_futures=True)
        web.shutdown()
        web.server_close()


def ask(place, path, method="GET", data=None, **headers):
    line = http.client.HTTPConnection(HOST, place.port, timeout=10)
    body = json.dumps(data) if isinstance(data, dict) else data
    kind = {"Content-Type": "application/json"} if isinstance(data, dict) else {}
    line.request(method, path, body, {**kind, **headers})
    answer = line.getresponse()
    return answer.status, answer.read().decode(), answer


def wait_for(true, seconds=5):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


class TestProvider:
    def test_speaks_to_the_real_client_create_fetch_and_list_by_pages(self, opened):
        place = opened()
        made = [place.client.messages.create(to=AMINA, from_=OURS, body=f"n {n}") for n in range(7)]
        assert (made[0].status, made[0].direction, made[0].num_segments) == ("queued", "outbound-api", "1")
        assert place.client.messages(made[3].sid).fetch().body == "n 3"
        listed = place.client.messages.list(to=AMINA, page_size=3)
        assert [message.sid for message in listed] == [message.sid for message in reversed(made)]
        assert place.client.messages.list(to="+33612345678") == []

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({"to": "06", "from_": OURS, "body": "x"}, 21211),
            ({"to": AMINA, "from_": OURS, "body": ""}, 21602),
        ],
    )
    def test_refuses_with_the_provider_s_codes(self, opened, given, code):
        with pytest.raises(TwilioRestException) as refused:
            opened().client.messages.create(**given)
        assert (refused.value.status, refused.value.code) == (400, code)

    def test_an_unknown_message_or_a_wrong_token_is_refused(self, opened):
        place = opened()
        with pytest.raises(TwilioRestException) as missing:
            place.client.messages("SM0").fetch()
        assert missing.value.status == 404
        assert ask(place, f"/2010-04-01/Accounts/{SID}/Messages.json")[0] == 401

    def test_gives_the_pictures_of_a_message_as_the_provider_does(self, opened):
        place = opened()
        kept = place.album.keep([("image/jpeg", b"one"), ("image/png", b"two")])
        text = place.exchange.add("inbound", sender=AMINA, to=OURS, body="", status="received", media=kept)
        assert place.client.messages(text.sid).fetch().num_media == "2"
        found = place.client.messages(text.sid).media.list()
        assert [[each.sid, each.content_type] for each in found] == kept
        path = f"/2010-04-01/Accounts/{SID}/Messages/{text.sid}/Media/{found[1].sid}"
        token = {"Authorization": f"Basic {b64encode(f'{SID}:{TOKEN}'.encode()).decode()}"}
        assert ask(place, path, **token)[:2] == (200, "two")
        assert ask(place, path)[0] == 401
        assert ask(place, f"{path[:-1]}x", **token)[0] == 404

    def test_stop_blocks_a_number_until_start(self, opened):
        place = opened()
        ask(place, "/telephone/recu", "POST", {"from": AMINA, "body": "STOP"})
        with pytest.raises(TwilioRestException) as refused:
            place.client.messages.create(to=AMINA, from_=OURS, body="x")
        assert refused.value.code == 21610
        ask(place, "/telephone/recu", "POST", {"from": AMINA, "body": "Start"})
        assert place.client.messages.create(to=AMINA, from_=OURS, body="x").sid


class TestPages:
    def test_show_conversations_without_a_number_in_an_address(self, opened):
        place = opened()
        place.client.messages.create(to=AMINA, from_=OURS, body="<b>Votre</b> demande")
        status, page, _answer = ask(place, "/telephone/")
        assert status == 200
        assert "&lt;b&gt;Votre" in page
        assert "06 39 98 12 34" in page
        assert AMINA not in page.replace(f'value="{AMINA}"', "")
        (text,) = json.loads(ask(place, "/telephone.json")[1])
        assert (text["to"], text["body"], text["direction"]) == (
            AMINA,
            "<b>Votre</b> demande",
            "outbound-api",
        )

    def test_a_form_writes_and_comes_back_to_its_conversation(self, opened):
        place = opened()
        words = urlencode({"from": "06 39 98 12 34", "body": "Bonjour", "deliver": "non"})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        status, _body, answer = ask(place, "/telephone/recu", "POST", words, **kind)
        assert status == 303
        assert "Bonjour" in ask(place, answer.headers["Location"])[1]

    def test_a_form_sends_pictures_and_its_conversation_shows_them(self, opened):
        place = opened()
        part, file = "--x\r\nContent-Disposition: form-data; name=", 'filename="../a.png"'
        body = f'{part}"from"\r\n\r\n06 39 98 12 34\r\n{part}"body"\r\n\r\nVoir\r\n'
        body += f'{part}"deliver"\r\n\r\nnon\r\n'
        body += f'{part}"pictures"; {file}\r\nContent-Type: image/png\r\n\r\nbytes\r\n--x--\r\n'
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        status, _body, answer = ask(place, "/telephone/recu", "POST", body, **kind)
        assert status == 303
        page = ask(place, answer.headers["Location"])[1]
        (address,) = re.findall(r'src="(/telephone/images/ME[0-9a-f]{32})"', page)
        assert ask(place, address)[:2] == (200, "bytes")
        assert ask(place, "/telephone/images/..%2f..%2ftexts.jsonl")[0] == 404

    @pytest.mark.parametrize(
        "pictures",
        [[{"type": "image/png", "data": "é"}], [{"type": "image/png", "data": ""}] * 11, [{}], "x"],
    )
    def test_pictures_it_cannot_read_are_refused(self, opened, pictures):
        written = {"from": AMINA, "body": "x", "deliver": False, "pictures": pictures}
        assert ask(opened(), "/telephone/recu", "POST", written)[0] == 400

    def test_a_page_of_elsewhere_cannot_write(self, opened):
        place, origin = opened(), {"Origin": "https://pirate.exemple"}
        assert ask(place, "/telephone/recu", "POST", {"from": AMINA, "body": "x"}, **origin)[0] == 403

    @pytest.mark.parametrize(
        "data", [{}, {"mode": "burn"}, {"mode": "429", "count": "x"}, "{", {"mode": ["429"]}]
    )
    def test_a_command_it_does_not_know_is_refused(self, opened, data):
        assert ask(opened(), "/telephone/panne", "POST", data)[0] == 400

    def test_it_remembers_across_restarts(self, opened, tmp_path):
        place = opened()
        sid = place.client.messages.create(to=AMINA, from_=OURS, body="x").sid
        assert wait_for(lambda: place.exchange.find(sid).status == "delivered")
        assert Exchange(tmp_path / "texts.jsonl").find(sid).status == "delivered"

    def test_it_forgets_the_oldest_in_its_file_too(self, tmp_path):
        exchange = Exchange(tmp_path / "few.jsonl", kept=3)
        for rank in range(40):
            exchange.add("inbound", sender=AMINA, to=OURS, body=str(rank), status="received")
        assert [text.body for text in exchange.newest_first()] == ["39", "38", "37"]
        assert len((tmp_path / "few.jsonl").read_text().splitlines()) <= 12


@pytest.mark.django_db(transaction=True)
class TestDoors:
    @pytest.fixture
    def place(self, opened, live_server, settings):
        settings.PUBLIC_URL, settings.TWILIO_AUTH_TOKEN = live_server.url, TOKEN
        settings.TWILIO_ACCOUNT_SID, settings.TWILIO_FROM = SID, OURS
        place = opened(live_server.url)
        settings.TWILIO_API_BASE = f"http://{HOST}:{place.port}"
        return place

    def test_an_sms_is_brought_signed_to_the_real_door(self, place):
        given = {"from": "06 39 98 12 34", "body": " Bonjour, où en est-on ? 🙏 ", "times": 3}
        answers = json.loads(ask(place, "/telephone/recu", "POST", given)[1])["answers"]
        assert answers == [200, 200, 200]
        assert Arrival.objects.get().channel == "sms"

    def test_receipts_come_back_and_the_message_is_delivered(self, place, settings):
        from django.utils import timezone

        from channels_app.delivery import services
        from requests_app.outbox.services import Message, queue
        from tests.channels_app.sms.conftest import AMINA as NUMBER

        message = Message("k:1", "answer", "sms", NUMBER, "gru.sms.1@x", {"text": "Bonjour"})
        outgoing = queue(message, at=timezone.now())[0]
        services.send(outgoing_id=outgoing.pk, at=timezone.now())

        def is_delivered():
            services.settle_receipts(at=timezone.now())
            return Outgoing.objects.get(pk=outgoing.pk).state == "delivered"

        assert wait_for(is_delivered)
