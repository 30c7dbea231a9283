"""An answer on paper: printed and posted by an agent, then noted as an answer like the others."""

from datetime import datetime

from django.db import transaction

from requests_app.accounts.models import User
from requests_app.answers.models import Draft
from requests_app.answers.services.answering import KIND, Then, before_of, go_on, pass_files, ready
from requests_app.answers.services.settling import settle
from requests_app.tickets.letters.press import Paper
from requests_app.tickets.letters.words import answer, as_text
from requests_app.tickets.models import Channel, Ticket, Touchpoint
from requests_app.tickets.services.moves import require_handler, require_open


def paper_of(*, draft: Draft, by: User, at: datetime) -> Paper:
    """The draft as it would be printed now."""
    return answer(draft.ticket, draft.text.strip(), by=by, at=at)


@transaction.atomic
def answer_by_post(*, ticket: Ticket, by: User, at: datetime) -> Touchpoint:
    """The draft of this agent was printed and posted; no program carries it, so nothing waits in the outbox.

    Raises Refused (nothing typed, something to complete) and ChangedMeanwhile.
    """
    require_handler(ticket, by)
    require_open(ticket)
    draft = ready(ticket, by)
    text, reply = as_text(paper_of(draft=draft, by=by, at=at)), draft.text.strip()
    before, settled = before_of(ticket), settle(ticket, at=at)
    go_on(ticket, Then.STAY, by, at)
    touchpoint = Touchpoint.objects.create(
        ticket=ticket,
        channel=Channel.Kind.LETTER,
        direction=Touchpoint.Direction.OUT,
        occurred_at=at,
        recorded_at=at,
        author=by,
        maison_id=ticket.maison_id,
        text=text,
        reply_text=reply,
        facts={"kind": KIND, "before": before, "then": Then.STAY, "settled": settled, "by_post": True},
    )
    pass_files(draft, touchpoint)
    draft.delete()
    return touchpoint
