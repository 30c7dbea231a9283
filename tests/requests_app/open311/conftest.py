"""A plain client of GeoReport v2, which knows the standard and nothing of us."""

import json
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from requests_app.api_keys.services import create_key
from tests.keys_of_programs import creation_of

ROOT = "/open311/v2/"
FORM = "application/x-www-form-urlencoded"
BELLECOUR = {"lat": "45.757814", "long": "4.832011"}
LISTS = {"services", "service_requests", "errors", "attributes", "endpoints", "formats"}


class GeoReport:
    """Asks in one format; an empty one is that of the standard, XML."""

    def __init__(self, extension: str = "json", api_key: str = "", **headers: str) -> None:
        self.extension, self.api_key = extension, api_key
        self.client = Client(headers=headers)

    def get(self, path: str, **query: Any) -> Any:
        return self._read(self.client.get(self._address(path), query))

    def post(self, body: bytes | None = None, content_type: str = FORM, **fields: Any) -> Any:
        written = {"api_key": self.api_key, **fields}
        raw = urlencode({name: value for name, value in written.items() if value is not None}, doseq=True)
        address = self._address("requests")
        return self._read(self.client.post(address, raw if body is None else body, content_type=content_type))

    def report(self, **fields: Any) -> Any:
        """Report a pothole at Bellecour, unless told otherwise, and return its reference."""
        answer = self.post(**{"service_code": "voirie", "description": "Un trou.", **BELLECOUR, **fields})
        assert answer.status_code == 201, answer.content
        return self.get(f"tokens/{answer.found[0]['token']}").found[0]["service_request_id"]

    def _address(self, path: str) -> str:
        return f"{ROOT}{path}.{self.extension}" if self.extension else f"{ROOT}{path}"

    def _read(self, answer: Any) -> Any:
        is_json = self.extension == "json"
        kind = "application/json" if is_json else "text/xml"
        assert answer["Content-Type"] == f"{kind}; charset=utf-8"
        answer.found = json.loads(answer.content) if is_json else value_of(ET.fromstring(answer.content))
        return answer


def value_of(node: ET.Element) -> Any:
    """Read XML as the « Spark » convention of the standard maps it to JSON, texts apart."""
    if node.tag in LISTS:
        return [value_of(each) for each in node]
    return {each.tag: value_of(each) for each in node} if len(node) else node.text


@pytest.fixture(autouse=True)
def no_limits(settings):
    """Let all the tests of a minute call from one address; those of limits turn them on again."""
    settings.LIMITS_ON = False


@pytest.fixture
def api_key(territory):
    """Make a key: `api_key("open311:write", topics=[…])` returns its secret."""

    def make(*scopes: str, **limits: Any) -> str:
        asked = scopes or ("open311:write",)
        _key, secret = create_key(name="Signaler", scopes=asked, by=None, at=creation_of(**limits), **limits)
        return secret

    return make


@pytest.fixture(params=["json", "xml", ""])
def georeport(request, api_key):
    """The same client in each format."""
    return GeoReport(request.param, api_key())
