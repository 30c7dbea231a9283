from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest

from channels_app.partner.publik.signing import Forbidden, check, sign

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
KEYS = {"portail.fr": "s3cret"}
URL = "https://gru.fr/entree/partenaire/publik/?url=https%3A%2F%2Fportail.fr%2Fx%2F1%2F"


def query_of(url=URL, *, key="s3cret", at=NOW, orig="portail.fr"):
    return sign(url, orig=orig, key=key, at=at, nonce="a1").partition("?")[2]


def checked(query, *, at=NOW):
    return check(query, key_of=lambda orig: KEYS.get(orig, ""), at=at)


def test_it_signs_as_their_own_function_does():
    """The value that w.c.s. gives for this query (wcs/api_utils.py, sign_query)."""
    query = query_of("https://gru.fr/")
    assert query.partition("&signature=")[0] == (
        "orig=portail.fr&algo=sha256&timestamp=2026-11-30T09%3A00%3A00Z&nonce=a1"
    )
    assert unquote(query.rpartition("=")[2]) == "mEoY+aWSvRtWesHi/EQqdBkHwKpuuHYlcguMkI8fR+4="


def test_S01_what_their_own_function_signs_is_accepted():
    """The slash of base64 stays as it is there."""
    query = (
        "url=https%3A%2F%2Fportail.fr%2Fx%2F1%2F&orig=portail.fr&algo=sha256"
        "&timestamp=2026-11-30T09%3A00%3A00Z&nonce=a1"
        "&signature=9Ys%2BdekkqVB%2B/xioTCNiIQRb9Dg2zU%2Bl30uJVhLEx%2BA%3D"
    )
    assert checked(query).values["url"] == "https://portail.fr/x/1/"


def test_S01_what_it_signs_is_accepted_with_its_values():
    signed = checked(query_of())
    assert (signed.orig, signed.values["url"]) == ("portail.fr", "https://portail.fr/x/1/")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "orig=portail.fr",
        query_of(key="autre"),
        query_of(orig="ailleurs.fr"),
        query_of().replace("x%2F1", "x%2F2"),
        query_of() + "&url=https%3A%2F%2Fportail.fr%2Fx%2F2%2F",
        query_of().replace("algo=sha256", "algo=md5"),
        query_of().replace("timestamp=2026", "timestamp=hier"),
        query_of() + "é",
        query_of()[:-3] + "¤",
        "&".join(f"a{n}=1" for n in range(60)) + "&signature=AAAA",
        "a=1&" * 2_000 + "signature=AAAA",
        "orig=portail.fr&orig=portail.fr&algo=sha256&signature=AAAA",
    ],
)
def test_S01_anything_else_is_refused(query):
    with pytest.raises(Forbidden):
        checked(query)


@pytest.mark.parametrize(
    ("late", "is_accepted"), [(4, True), (-4, True), (6, False), (-6, False), (1440, False)]
)
def test_S01_a_signature_is_accepted_for_minutes(late, is_accepted):
    query, at = query_of(), NOW + timedelta(minutes=late)
    if is_accepted:
        assert checked(query, at=at).orig == "portail.fr"
    else:
        with pytest.raises(Forbidden):
            checked(query, at=at)
