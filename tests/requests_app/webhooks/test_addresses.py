"""W08: no push reaches a private address, however it is written, named or resolved."""

import socket
from ipaddress import ip_network

import pytest

from requests_app.lib.refusals import Refused
from requests_app.webhooks.addresses import check_url, parse, resolve
from requests_app.webhooks.posting import post

PRIVATE = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.1",
    "0x7f000001",
    "0177.0.0.1",
    "0",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[::1]",
    "[::]",
    "[fe80::1]",
    "[fc00::1]",
    "[ff02::1]",
    "[fec0::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:10.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::a00:1]",
    "[2002:7f00:1::]",
    "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    "localhost",
    "LOCALHOST.",
    "gru.localhost",
    "metadata.google.internal",
    "imprimante.local",
    "base",
    "①②⑦.⓪.⓪.①",
]


def resolving_to(*addresses):
    return lambda host, port, **_more: [(0, 0, 0, "", (each, port)) for each in addresses]


@pytest.mark.parametrize("host", PRIVATE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_W08_a_private_address_is_refused_in_any_writing(scheme, host):
    with pytest.raises(Refused):
        check_url(f"{scheme}://{host}:8080/crochet")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "exemple.fr/crochet",
        "ftp://exemple.fr/",
        "file:///etc/passwd",
        "https://",
        "https://exemple.fr:0/",
        "https://exemple.fr:99999/",
        "https://nom:secret@exemple.fr/",
        "https://exemple.fr/#haut",
        "https://exemple.fr\\@127.0.0.1/",
        "https://exemple.fr/a b",
        "https://exemple.fr/\r\nX-A: b",
        "https://exemple.fr/\x00",
        "https://[::1",
        f"https://{'a' * 70}.fr/",
    ],
)
def test_W08_what_is_no_web_address_is_refused_in_words(url):
    with pytest.raises(Refused, match=r"\.$"):
        check_url(url)


@pytest.mark.parametrize("host", ["8.8.8.8", "[2606:4700:4700::1111]", "exemple.fr"])
def test_W08_a_public_address_is_accepted(monkeypatch, host):
    if host == "exemple.fr":
        monkeypatch.setattr(socket, "getaddrinfo", resolving_to("93.184.216.34"))
    check_url(f"https://{host}/crochet?jeton=1")


def test_W08_a_name_that_leads_nowhere_yet_is_judged_when_pushing(monkeypatch):
    def nowhere(*_args, **_more):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    check_url("https://bientot.exemple.fr/")
    assert post("https://bientot.exemple.fr/", body="{}", headers={}).error


@pytest.mark.parametrize("addresses", [("10.0.0.1",), ("93.184.216.34", "127.0.0.1"), ("::1",)])
def test_W08_a_name_that_leads_inside_is_refused_even_in_part(monkeypatch, addresses):
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to(*addresses))
    with pytest.raises(Refused, match="privée"):
        check_url("https://exemple.fr/")


def test_W08_the_address_connected_to_is_the_one_checked(monkeypatch, receiver):
    """A name that changes between the check and the connection leads nowhere else."""
    asked, real = [], socket.getaddrinfo

    def changing(host, port, *more, **named):
        if host != "exemple.fr":
            return real(host, port, *more, **named)
        asked.append(host)
        return [(0, 0, 0, "", ("127.0.0.1" if len(asked) == 1 else "10.0.0.1", port))]

    port = receiver.server.server_port
    monkeypatch.setattr(socket, "getaddrinfo", changing)
    answer = post(f"http://exemple.fr:{port}/gru", body="{}", headers={})
    assert (answer.status, answer.error) == (200, "")
    assert asked == ["exemple.fr"]
    assert receiver.requests[0][1]["Host"] == f"exemple.fr:{port}"


def test_loopback_is_for_embedded_servers_only(settings):
    settings.PUSH_NETWORKS = [ip_network("127.0.0.0/8"), ip_network("10.0.0.0/8")]
    assert resolve(parse("http://127.0.0.1/")) == "127.0.0.1"
    settings.EMBEDDED = False
    assert resolve(parse("http://10.0.0.1/")) == "10.0.0.1"
    for host in ("127.0.0.1", "[::ffff:127.0.0.1]", "127.1"):
        with pytest.raises(Refused):
            resolve(parse(f"http://{host}/"))


def test_a_network_allowed_lets_no_other_through(settings):
    settings.PUSH_NETWORKS = [ip_network("10.1.0.0/16")]
    assert resolve(parse("http://10.1.2.3/")) == "10.1.2.3"
    with pytest.raises(Refused):
        resolve(parse("http://10.2.2.3/"))
