"""The same file in another ticket: identical bytes, whatever its name (threats: N16)."""

import hashlib
from collections.abc import Iterable
from typing import Final

from requests_app.access.scope import Scope
from requests_app.tickets.inbound import SaidFile
from requests_app.tickets.models import Attachment, Ticket
from requests_app.tickets.selectors.thread_rows import TouchpointRow

MAX_ROWS = 3
FACT: Final = "same_files"  # of a touchpoint: the references that its remarks name


def tickets_with_same_files(files: Iterable[SaidFile], *, scope: Scope) -> list[str]:
    """Return references of the latest tickets that hold one of these files and that this agent may read.

    One statement, none without files.
    """
    hashes = [hashlib.sha256(file.data).hexdigest() for file in files]
    if not hashes:
        return []
    readable = Attachment.objects.filter(scope.readable_q("touchpoint__ticket__"), sha256__in=hashes)
    references = readable.order_by("-pk").values_list("touchpoint__ticket__reference", flat=True)
    return list(dict.fromkeys(references[: MAX_ROWS * 4]))[:MAX_ROWS]


def drop_unreadable(rows: list[TouchpointRow], *, scope: Scope) -> list[TouchpointRow]:
    """Leave out remarks naming a ticket outside this scope: that ticket may have moved since.

    One statement, none when no row has such a remark.
    """
    named = {reference for row in rows for reference in row.facts.get(FACT, [])}
    if not named:
        return rows
    readable = Ticket.objects.readable(scope).filter(reference__in=named)
    hidden = named - set(readable.values_list("reference", flat=True))
    return [row._replace(remarks=_drop_remarks(row.remarks, hidden)) for row in rows]


def _drop_remarks(remarks: list[str], hidden: set[str]) -> list[str]:
    return [remark for remark in remarks if not any(reference in remark for reference in hidden)]
