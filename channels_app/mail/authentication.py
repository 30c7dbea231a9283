"""Whether our own mail server authenticated the sender (RFC 8601); anybody can forge that field.

And senders choose what it quotes: ``MAIL FROM:<"dmarc=pass"@pirate.example>`` is copied into it as it is.
"""

import re

from django.conf import settings

FAILED = re.compile(r"(?i)\b(?:dmarc|spf|dkim)=(?:fail|softfail|permerror)\b")
QUOTED = re.compile(r'"(?:[^"\\]|\\[\s\S])*+(?:"|\Z)')
COMMENT = re.compile(r"\([^()]*+(?:\)|\Z)")
MAX_NESTED = 4
PASSED = re.compile(r"(?i)(dmarc|dkim|spf)(?:/\d+)?\s*+=\s*+pass(?![\w-])")
PROPERTY = re.compile(r"(?i)(?<![\w.-])((?:header|smtp)\.[a-z]+)\s*+=\s*+([^\s;]++)")
# DKIM and SPF prove a domain; it must be the one that the sender shows.
PROVES = {"dmarc": {"header.from"}, "dkim": {"header.d", "header.i"}, "spf": {"smtp.mailfrom"}}


def is_doubted(results: str) -> bool:
    """Return whether a server says that the sender is not who they claim; trusted whoever wrote it."""
    return bool(FAILED.search(results))


def is_proved(results: str, address: str) -> bool:
    """Return whether our own server (``GRU_MAIL_AUTHSERV``) says so, in the first of these fields."""
    server = results.partition(";")[0].strip().partition(" ")[0].lower()
    if not settings.MAIL_AUTHSERV or server != settings.MAIL_AUTHSERV or is_doubted(results):
        return False
    domain = address.rpartition("@")[2].lower()
    return any(_proves(part, domain) for part in _strip_quoted(results).split(";")[1:])


def _strip_quoted(results: str) -> str:
    """Return the field without what strangers may have put in it: quoted strings and comments."""
    plain = QUOTED.sub("q", results)
    for _depth in range(MAX_NESTED):
        plain = COMMENT.sub(" ", plain)
    return plain


def _proves(part: str, domain: str) -> bool:
    """Return whether one result proves this domain: « spf=pass smtp.mailfrom=samira@exemple.fr »."""
    passed = PASSED.match(part.strip())
    if passed is None:
        return False
    method = passed[1].lower()
    said = [value for name, value in PROPERTY.findall(part) if name.lower() in PROVES[method]]
    if method == "dmarc" and not said:
        return True
    domains = (value.rpartition("@")[2].strip(".>").lower() for value in said)
    return any(domain == each or domain.endswith(f".{each}") for each in domains if "." in each)
