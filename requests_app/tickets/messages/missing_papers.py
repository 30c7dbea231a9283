"""What a message says of the documents asked for: which, until when, or that none is asked for any more."""

from collections.abc import Callable
from datetime import date

from requests_app.lib import french
from requests_app.tickets.deadlines import suspended_until
from requests_app.tickets.models import Ticket


def papers_words(ticket: Ticket, *, said: Callable[[date], str] = french.day) -> dict[str, object]:
    """Build the context of messages/_papers.txt; a sensitive ticket's are named behind a code only."""
    return {
        "does_study_go_on": bool(ticket.missing_papers) and not suspended_until(ticket),
        "papers": [] if ticket.is_sensitive else ticket.papers_missing,
        "are_papers_missing": bool(ticket.missing_papers),
        "are_papers_withdrawn": are_papers_withdrawn(ticket),
        "papers_until": said(ticket.papers_until) if ticket.papers_until else "",
    }


def are_papers_withdrawn(ticket: Ticket) -> bool:
    """Tell whether the last request for documents was cancelled after the person had been told of it."""
    if ticket.missing_papers or not ticket.papers_complete_at:
        return False
    last = max(ticket.document_requests.all(), key=lambda row: (row.asked_at, row.pk), default=None)
    return last is not None and last.cancelled_at == ticket.papers_complete_at
