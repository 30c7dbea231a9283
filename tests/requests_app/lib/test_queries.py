"""NUL in a query or a form reaches no view (threats: W03)."""

import json
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse, JsonResponse

from requests_app.lib.queries import WithoutNulMiddleware


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("q=a%00b", {"q": "ab"}),
        ("q=%%0000", {"q": ""}),
        ("q=%2500", {"q": "%00"}),
        ("q\x00=1&%00vue=tous", {"q": "1", "vue": "tous"}),
        ("q=%C3%A9", {"q": "é"}),
    ],
)
def test_W03_no_view_reads_nul_from_its_query(rf, sent, read):
    request = rf.get("/", QUERY_STRING=sent)
    answer = WithoutNulMiddleware(lambda given: JsonResponse(given.GET.dict()))(request)
    assert json.loads(answer.content) == read


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_W03_no_view_reads_nul_from_its_form(rf, kind):
    form = {"mot\x00": "a\x00b", "autre": ["\x00", "é"]}
    if kind.startswith("multipart"):
        request = rf.post("/", form)
    else:
        request = rf.post("/", urlencode(form, doseq=True), content_type=kind)
    answer = WithoutNulMiddleware(lambda given: JsonResponse(dict(given.POST.lists())))(request)
    assert json.loads(answer.content) == {"mot": ["ab"], "autre": ["", "é"]}


def test_a_body_that_no_view_reads_stays_unread(rf):
    request = rf.post("/", b"raw", content_type="application/x-www-form-urlencoded")
    answer = WithoutNulMiddleware(lambda given: HttpResponse(given.body))(request)
    assert answer.content == b"raw"


def test_W03_no_view_reads_nul_from_its_address(rf):
    request = rf.get("/lieux/%00a/")
    answer = WithoutNulMiddleware(lambda given: HttpResponse(f"{given.path} {given.path_info}"))(request)
    assert answer.content == b"/lieux/a/ /lieux/a/"
