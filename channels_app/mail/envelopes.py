"""The sender of a mail, according to its envelope."""

MAX_LENGTH = 320


def path_of(told: str) -> str:
    """Return the sender of an envelope as the database can hold it."""
    clean = told.strip().strip("<>").replace("\0", "")
    return clean[:MAX_LENGTH].encode("utf-8", "replace").decode()
