"""The delivery log of a message, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.tickets.selectors.thread_rows import TouchpointRow


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a message's delivery, in words; a permanent fact has no instant."""

    at: datetime | None
    text: str


def steps_of(row: TouchpointRow) -> list[Step]:
    """List how a message came in or went out, and its identifier at the provider."""
    written = row.steps if row.delivery else row.facts.get("way", [])
    steps = [Step(datetime.fromisoformat(step["at"]), step["text"]) for step in written]
    if row.delivery:
        steps.insert(0, Step(row.occurred_at, _("Prêt à partir, pour %(to)s.") % {"to": row.sender}))
    if row.next_try_at:
        steps.append(Step(row.next_try_at, _("Prochain essai.")))
    if steps and (number := row.message_id or row.facts.get("message_id")):
        steps.append(Step(None, _("Identifiant du message : %(id)s") % {"id": number}))
    return steps
