"""A waiting answer is signed with the agent's current name."""

from django.db import transaction

from requests_app.accounts.models import User
from requests_app.accounts.signing import name_outside
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Touchpoint

WAITING = (Outgoing.State.QUEUED,)


@transaction.atomic
def sign_again(former: str, agent: User) -> None:
    """Replace the former name in the signature of this agent's answers that have not left yet."""
    answers = Touchpoint.objects.filter(author=agent, outgoing__state__in=WAITING).select_related("outgoing")
    for answer in answers.select_for_update(of=("self", "outgoing")):
        assert answer.outgoing is not None
        answer.outgoing.payload["text"] = _replace_signature(answer.outgoing.payload["text"], former, agent)
        answer.outgoing.save(update_fields=["payload"])
        answer.text = _replace_signature(answer.text, former, agent)
        answer.save(update_fields=["text"])


def _replace_signature(text: str, former: str, agent: User) -> str:
    """Replace the last line equal to their name, since the signature follows the agent's text."""
    before, line, after = text.rpartition(f"\n\n{former}\n")
    return f"{before}\n\n{name_outside(agent)}\n{after}" if line else text
