"""The agent in charge of a ticket, as the person reads it: name and function (CRPA, art. L111-2)."""

from dataclasses import replace

from django.db import transaction

from requests_app.accounts.models import User
from requests_app.accounts.signing import signature, signer_of
from requests_app.lib.languages import speaking
from requests_app.outbox.models import Outgoing
from requests_app.tickets.competence import is_elsewhere
from requests_app.tickets.messages.identity import Identity
from requests_app.tickets.models import Ticket, Touchpoint


def agent_of(ticket: Ticket) -> str:
    """Return the agent's external name and their function there; "" while nobody is in charge here."""
    if ticket.assignee is None or not ticket.is_open or is_elsewhere(ticket):
        return ""
    return ", ".join(signature(signer_of(ticket.assignee), ticket.maison_id))


def add_agent(who: Identity, ticket: Ticket) -> Identity:
    """Add the agent to the service in charge."""
    return replace(who, agent=agent_of(ticket))


@transaction.atomic
def name_again(former: str, agent: User) -> None:
    """Replace the agent's former name in the receipts that have not left yet."""
    waiting = Touchpoint.objects.filter(outgoing__state=Outgoing.State.QUEUED, ticket__assignee=agent)
    named = waiting.filter(outgoing__payload__agent__startswith=former)
    rows = named.select_related("outgoing", "ticket__topic", "ticket__assignee")
    for touchpoint in rows.select_for_update(of=("self", "outgoing")):
        outgoing, ticket = touchpoint.outgoing, touchpoint.ticket
        assert outgoing is not None
        before = outgoing.payload["agent"]
        with speaking(ticket.language):
            now = ", ".join(signature(signer_of(agent), ticket.maison_id))
        outgoing.payload |= {"text": outgoing.payload["text"].replace(before, now), "agent": now}
        outgoing.save(update_fields=["payload"])
        touchpoint.text = touchpoint.text.replace(before, now)
        touchpoint.save(update_fields=["text"])
