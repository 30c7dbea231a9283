"""« À joindre après 18 h » in a message or an agent's note: one key makes it a fact (N04)."""

from datetime import datetime

from requests_app.lib.call_hours import call_hours
from requests_app.people.models import AccessNeed
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Mark, PersonProposal, Touchpoint
from requests_app.tickets.services.person_proposals import ProposalContent, propose


def propose_call_hours(said: InboundMessage, touchpoint: Touchpoint, at: datetime) -> None:
    """Propose the hours that the text gives; no statement when it gives none."""
    if said.direction != Touchpoint.Direction.IN or Mark.MACHINE in said.marks:
        return
    if hours := call_hours(said.reply_text or said.text):
        need = ProposalContent(PersonProposal.Kind.NEED, AccessNeed.Kind.CALL_HOURS, hours)
        propose(touchpoint=touchpoint, said=[need], at=at, author_id=said.author_id)
