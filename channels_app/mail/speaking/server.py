"""Where mails leave from: GRU_EMAIL_URL, read once."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

PORTS = {"smtp": 25, "smtps": 465}


class BadUrl(ValueError):
    """GRU_EMAIL_URL cannot be understood; the text says how to write it."""


@dataclass(frozen=True, slots=True)
class Server:
    """An SMTP server; ``ask_url`` answers whether it has a Message-ID, where it can be asked."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    is_tls: bool = False
    starts_tls: bool = False
    ask_url: str = ""


def server_of(url: str) -> Server | None:
    """Read ``smtp[s]://[user:password@]host[:port][?tls=1]``; None when nothing is set."""
    if not url:
        return None
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme not in PORTS or not parts.hostname or (parts.netloc.count(":") and port is None):
        raise BadUrl("GRU_EMAIL_URL s’écrit smtp://serveur:port ou smtps://nom:mot-de-passe@serveur.")
    asked = parse_qs(parts.query)
    return Server(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=parts.scheme == "smtps",
        starts_tls=asked.get("tls") == ["1"],
        ask_url=asked.get("ask", [""])[0],
    )
