"""Answers on paper: printed and posted by an agent, then noted as an answer like the others."""

from datetime import datetime

from django.db import transaction

from requests_app.accounts.models import User
from requests_app.answers.models import Draft
from requests_app.answers.services.answering import (
    KIND,
    AfterAnswer,
    go_on,
    pass_files,
    ready,
    snapshot,
    words_of,
)
from requests_app.answers.services.settling import settle
from requests_app.channels.description import Medium
from requests_app.channels.registry import key_of
from requests_app.tickets.letters.rendering import Paper
from requests_app.tickets.letters.words import answer, as_text
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts
from requests_app.tickets.services.moves import require_handler, require_open


def paper_of(*, draft: Draft, by: User, at: datetime, then: str = AfterAnswer.STAY) -> Paper:
    """Build the draft's letter as printed now; raises Refused when it refuses without a reason."""
    text = words_of(draft.ticket, draft, then, channel=key_of(Medium.PAPER))
    return answer(draft.ticket, text, by=by, at=at)


@transaction.atomic
def answer_by_post(*, ticket: Ticket, by: User, at: datetime, then: str = AfterAnswer.STAY) -> Touchpoint:
    """Note that the draft was printed and posted; no provider carries it, so nothing waits in the outbox.

    Raises Refused (nothing typed, something to complete) and ChangedMeanwhile.
    """
    require_handler(ticket, by)
    require_open(ticket)
    draft = ready(ticket, by)
    reply = words_of(ticket, draft, then, channel=key_of(Medium.PAPER))
    text = as_text(paper_of(draft=draft, by=by, at=at, then=then))
    before, settled = snapshot(ticket), settle(ticket, at=at)
    go_on(ticket, then, by, at)
    touchpoint = Touchpoint.objects.create(
        ticket=ticket,
        channel=key_of(Medium.PAPER),
        direction=Touchpoint.Direction.OUT,
        occurred_at=at,
        recorded_at=at,
        author=by,
        maison_id=ticket.maison_id,
        text=text,
        reply_text=reply,
        facts=TouchpointFacts(kind=KIND, before=before, then=then, settled=settled, by_post=True),
    )
    pass_files(draft, touchpoint)
    draft.delete()
    return touchpoint
