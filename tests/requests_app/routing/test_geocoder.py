"""An address is located by the geocoder, when there is one: distances start there, not at the commune."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from requests_app.routing import geocoder

BRON = frozenset({"69029"})
AT = (4.9113, 45.7379)


def feature(citycode="69029", kind="housenumber", score=0.9, at=AT):
    facts = {"citycode": citycode, "type": kind, "score": score}
    return {"properties": facts, "geometry": {"type": "Point", "coordinates": list(at)}}


class Office:
    """A geocoder on this machine; ``body`` is what it answers, ``asked`` what it was asked."""

    def __init__(self):
        self.body, self.asked = b"{}", []

    def say(self, *features):
        self.body = json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def office(settings, monkeypatch):
    office = Office()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            office.asked.append(parse_qs(urlsplit(self.path).query)["q"][0])
            self.send_response(200)
            self.end_headers()
            self.wfile.write(office.body)

        def log_message(self, *_args):
            """Say nothing: an address is personal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.GEOCODER_URL = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(geocoder.breaker, "_silent_until", 0.0)
    yield office
    server.shutdown()
    server.server_close()


class TestLocate:
    def test_gives_the_point_of_an_address(self, office):
        office.say(feature())
        assert geocoder.locate("12 avenue Camille Rousset, Bron", BRON) == AT
        assert office.asked == ["12 avenue Camille Rousset, Bron"]

    @pytest.mark.parametrize(
        "found",
        [
            feature(citycode="69266"),
            feature(kind="municipality"),
            feature(score=0.2),
            {"properties": {"citycode": "69029", "type": "street", "score": 1}, "geometry": {}},
            "nonsense",
        ],
        ids=["another commune", "only the commune", "not sure", "no point", "nonsense"],
    )
    def test_what_is_no_better_than_the_commune_is_left(self, office, found):
        office.say(found)
        assert geocoder.locate("12 avenue Camille Rousset, Bron", BRON) is None

    @pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null"])
    def test_an_answer_that_is_none_is_left_and_not_asked_again_at_once(self, office, body):
        office.body = body
        assert geocoder.locate("Bron", BRON) is None
        assert geocoder.locate("Bron", BRON) is None
        assert len(office.asked) == 1

    @pytest.mark.parametrize("url", ["", "http://127.0.0.1:9", "file:///etc/passwd"])
    def test_without_one_nobody_is_asked(self, settings, monkeypatch, url):
        monkeypatch.setattr(geocoder.breaker, "_silent_until", 0.0)
        settings.GEOCODER_URL = url
        assert geocoder.locate("Bron", BRON) is None


class TestPlaces:
    """The page of places, with it and without it."""

    def test_distances_start_at_the_address(self, client, territory, office):
        office.say(feature())
        page = client.post("/lieux/", {"address": "12 avenue Camille Rousset, 69500 Bron"}).content.decode()
        assert "Distances depuis le centre" not in page
        assert "km du centre" not in page
        assert "Distances à vol d’oiseau." in page

    def test_without_it_they_say_where_they_start(self, client, territory):
        page = client.post("/lieux/", {"address": "12 avenue Camille Rousset, 69500 Bron"}).content.decode()
        assert "km du centre" in page
        assert "min à pied" not in page
