"""The names that the web server answers to (threats: W07)."""

from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")  # this machine's probes


def allowed_hosts(given: str, *urls: str) -> list[str]:
    """Give the names of the setting, or of our own addresses when it is empty; this machine always may."""
    named = given.replace(" ", "").split(",") if given.strip() else map(host_of, urls)
    return [*dict.fromkeys([*filter(None, named), *LOOPBACK])]


def host_of(url: str) -> str:
    """Give the host as Django compares it; none of what is no address, which the checks then refuse."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return f"[{host}]" if ":" in host else host
