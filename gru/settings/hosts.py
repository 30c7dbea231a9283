"""What the settings derive from addresses: our host names (threats: W07), the broker's password."""

from pathlib import Path
from urllib.parse import quote, urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")  # this machine's probes


def allowed_hosts(given: str, *urls: str) -> list[str]:
    """Return the names of the setting, or of our own addresses when it is empty; this machine always may."""
    named = given.replace(" ", "").split(",") if given.strip() else map(host_of, urls)
    return [*dict.fromkeys([*filter(None, named), *LOOPBACK])]


def host_of(url: str) -> str:
    """Return the host as Django compares it; "" for what is no address, which the checks then refuse."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return f"[{host}]" if ":" in host else host


def add_password(url: str, file: str) -> str:
    """Add a password read from a file to an address that has none."""
    parts = urlsplit(url)
    if not file or parts.password or not Path(file).is_file():
        return url
    password = quote(Path(file).read_text().strip(), safe="")
    where = f"{parts.username or ''}:{password}@{parts.netloc.rpartition('@')[2]}"
    return parts._replace(netloc=where).geturl()
