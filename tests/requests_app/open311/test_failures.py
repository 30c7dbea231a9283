"""What ends before an address answers is an error of the standard too, never a page of HTML."""

import pytest
from django.db import OperationalError
from django.test import Client

from tests.requests_app.open311.conftest import GeoReport

pytestmark = pytest.mark.django_db
FAILURES = [(RuntimeError("boom"), 500), (OperationalError("away"), 503)]


def error_of(answer):
    return (answer.status_code, [int(each["code"]) for each in answer.found])


@pytest.mark.parametrize("extension", ["json", "xml", ""])
def test_a_body_too_large(extension):
    assert error_of(GeoReport(extension).post(b"x" * 1_000_001)) == (413, [413])


@pytest.mark.parametrize("extension", ["json", "xml", ""])
@pytest.mark.parametrize(("failure", "status"), FAILURES)
def test_a_failure_of_ours(monkeypatch, extension, failure, status):
    def fail():
        raise failure

    monkeypatch.setattr("requests_app.open311.services.list_services", fail)
    reader = GeoReport(extension)
    reader.client = Client(raise_request_exception=False)
    answer = reader.get("services")
    assert error_of(answer) == (status, [status])
    assert "boom" not in answer.content.decode()
    assert ("Retry-After" in answer.headers) is (status == 503)


@pytest.mark.parametrize("extension", ["json", "xml", ""])
def test_a_thousand_parameters(extension):
    query = {f"p{rank}": "1" for rank in range(1_001)}
    assert error_of(GeoReport(extension).get("requests", **query)) == (400, [400])
