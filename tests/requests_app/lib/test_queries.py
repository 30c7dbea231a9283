"""NUL in a query reaches no view (threats: W03)."""

import json

import pytest
from django.http import JsonResponse

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
