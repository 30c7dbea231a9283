"""How mails are sent: GRU_EMAIL_URL, parsed once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

PORTS = {"smtp": 25, "smtps": 465}
BY_HTTP = "anymail+"
HELP = (
    "GRU_EMAIL_URL s’écrit smtp://serveur:port, smtps://nom:mot-de-passe@serveur "
    "ou anymail+prestataire://clef@… (voir docs/settings.md)."
)


class BadUrl(ValueError):
    """GRU_EMAIL_URL cannot be understood; the text says how to write it."""


@dataclass(frozen=True, slots=True)
class Server:
    """An SMTP server; ``ask_url`` tells whether it has a Message-ID, if it can be asked."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    is_tls: bool = False
    starts_tls: bool = False
    ask_url: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """A sending service with an HTTP API: ``options`` are those of its class in django-anymail."""

    name: str
    options: tuple[tuple[str, Any], ...]


def _mailgun(url: SplitResult) -> dict[str, Any]:
    return {"api_key": unquote(url.username or ""), "sender_domain": url.hostname or ""}


def _postmark(url: SplitResult) -> dict[str, Any]:
    return {"server_token": unquote(url.username or "")}


def _brevo(url: SplitResult) -> dict[str, Any]:
    return {"api_key": unquote(url.username or "")}


def _mailjet(url: SplitResult) -> dict[str, Any]:
    return {"api_key": unquote(url.username or ""), "secret_key": unquote(url.password or "")}


def _amazon_ses(url: SplitResult) -> dict[str, Any]:
    return {
        "aws_access_key_id": unquote(url.username or ""),
        "aws_secret_access_key": unquote(url.password or ""),
        "region_name": url.hostname or "",
    }


PROVIDERS: dict[str, Callable[[SplitResult], dict[str, Any]]] = {
    "mailgun": _mailgun,
    "postmark": _postmark,
    "brevo": _brevo,
    "mailjet": _mailjet,
    "amazon_ses": _amazon_ses,
}


@lru_cache(maxsize=8)
def route_of(url: str) -> Server | Provider | None:
    """Parse GRU_EMAIL_URL; None when nothing is set. Raises BadUrl."""
    if not url:
        return None
    try:
        parts = urlsplit(_fix_scheme(url))
        return _provider(parts) if parts.scheme.startswith(BY_HTTP) else _server(parts)
    except ValueError as error:
        raise BadUrl(HELP) from error


def _server(url: SplitResult) -> Server:
    if url.scheme not in PORTS or not url.hostname:
        raise BadUrl(HELP)
    asked = parse_qs(url.query)
    return Server(
        host=url.hostname,
        port=url.port or PORTS[url.scheme],
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        is_tls=url.scheme == "smtps",
        starts_tls=asked.get("tls") == ["1"],
        ask_url=asked.get("ask", [""])[0],
    )


def _provider(url: SplitResult) -> Provider:
    name = url.scheme.removeprefix(BY_HTTP).replace("-", "_")
    if name not in PROVIDERS:
        raise BadUrl(HELP)
    options = PROVIDERS[name](url)
    if not all(options.values()):
        raise BadUrl(HELP)
    if api := parse_qs(url.query).get("api"):  # another address of the same service: its European one, a test
        options["endpoint_url" if name == "amazon_ses" else "api_url"] = api[0]
    return Provider(name, tuple(options.items()))


def _fix_scheme(url: str) -> str:
    """Replace underscores, invalid in a scheme (RFC 3986): people write « anymail+amazon_ses »."""
    scheme, mark, rest = url.partition("://")
    return f"{scheme.replace('_', '-')}{mark}{rest}"
