"""The stored value that names this channel, and how its threads are addressed."""

import re

KEY = "chat"
KIND = "thread"  # the kind of contact it writes to: no record of a person holds one
_ADDRESS = re.compile(r"tchat-([1-9][0-9]{0,17})")


def address_of(thread_id: int) -> str:
    """Write how staff name a thread: it opens nothing."""
    return f"tchat-{thread_id}"


def thread_of(address: str) -> int | None:
    """Return the thread that an address names; None when it is something else."""
    found = _ADDRESS.fullmatch(address)
    return int(found[1]) if found else None
