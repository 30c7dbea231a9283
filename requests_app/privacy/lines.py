"""Write what a dossier is, what the rule says of it, and nothing of what it holds."""

from django.utils import timezone

from requests_app.privacy.contacts import last_contact_of
from requests_app.privacy.models import DisposalLine, DisposalSchedule
from requests_app.privacy.rules import rule_of
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.masking import RESERVED


def line_of(schedule: DisposalSchedule, tickets: list[Ticket]) -> DisposalLine:
    """Return the line of a dossier, not saved; its tickets are annotated by ``with_last_contact``."""
    main = next((t for t in tickets if t.merged_into_id is None and t.split_from_id is None), tickets[0])
    contact = timezone.localdate(last_contact_of(tickets))
    rule = max((rule_of(ticket.topic) for ticket in tickets), key=lambda each: each.months)
    code, label = _topic_of(main, is_reserved=any(ticket.is_sensitive for ticket in tickets))
    return DisposalLine(
        schedule=schedule,
        ticket_ids=[main.pk, *(t.pk for t in tickets if t.pk != main.pk)],
        references=[main.reference, *(t.reference for t in tickets if t.pk != main.pk)],
        topic_code=code,
        topic_label=label,
        maison_label=main.maison.label if main.maison else "",
        received_on=timezone.localdate(min(t.received_at for t in tickets)),
        last_contact_on=contact,
        ends_on=rule.ends_on(contact),
        active_months=rule.active_months,
        archive_months=rule.archive_months,
    )


def _topic_of(ticket: Ticket, *, is_reserved: bool) -> tuple[str, str]:
    """The code and the label that stay with a number for good; a reserved topic stays on none (A03)."""
    if is_reserved:
        return "", str(RESERVED)
    return (ticket.topic.code, ticket.topic.label) if ticket.topic else ("", "")
