"""Addresses that nobody reads: what is sent there is lost."""

import re

_NO_REPLY = re.compile(
    r"(?:.{0,80}[._+-])?(?:no-?_?\.?reply|do-?_?\.?not-?_?\.?reply|donotrespond|ne-?_?\.?pas-?_?\.?repondre"
    r"|nepasrepondre"
    r"|no-?repondre|noresponse|no-?responder|nicht-?antworten|pas-?de-?reponse)(?:[._+=-][^@]{0,80})?@",
    re.IGNORECASE,
)


def is_no_reply(address: str) -> bool:
    """Tell whether the name of an address says that it takes no reply."""
    return bool(_NO_REPLY.match(address))
