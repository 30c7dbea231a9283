"""Did the mail server that serves us prove who wrote (RFC 8601)? Anybody may write that field himself."""

import re

from django.conf import settings

FAILED = re.compile(r"(?i)\b(?:dmarc|spf|dkim)=(?:fail|softfail|permerror)\b")
DMARC = re.compile(r"(?i)\bdmarc=pass\b")
# DKIM and SPF prove a domain; it must be the one that the sender shows.
DOMAINS = (
    re.compile(r"(?i)\bdkim=pass\b(?:(?!\bdkim=)[^;])*\bheader\.[di]=@?([\w.-]+)"),
    re.compile(r"(?i)\bspf=pass\b(?:(?!\bspf=)[^;])*\bsmtp\.mailfrom=(?:[^@;\s]*@)?([\w.-]+)"),
)


def is_doubted(results: str) -> bool:
    """A server says that the sender is not who they say; believed whoever wrote it."""
    return bool(FAILED.search(results))


def is_proved(results: str, address: str) -> bool:
    """Our own server (``GRU_MAIL_AUTHSERV``) says so, in the first of these fields."""
    server = results.partition(";")[0].strip().partition(" ")[0].lower()
    if not settings.MAIL_AUTHSERV or server != settings.MAIL_AUTHSERV or is_doubted(results):
        return False
    if DMARC.search(results):
        return True
    domain = address.rpartition("@")[2].lower()
    proved = (found[1].lower() for pattern in DOMAINS for found in pattern.finditer(results))
    return any(domain == each or domain.endswith(f".{each}") for each in proved if "." in each)
