"""Write what a dossier is and what the rule says of it, without its content."""

from django.utils import timezone

from requests_app.privacy.contacts import last_contact_of
from requests_app.privacy.models import DisposalLine, DisposalSchedule
from requests_app.privacy.rules import rule_of
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.masking import RESERVED


def line_of(schedule: DisposalSchedule, tickets: list[Ticket]) -> DisposalLine:
    """Build the unsaved line of a dossier; its tickets are annotated by ``annotate_last_contact``."""
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
    """Return the code and label stored for good beside a reference; a reserved topic leaves none (A03)."""
    if is_reserved:
        return "", str(RESERVED)
    return (ticket.topic.code, ticket.topic.label) if ticket.topic else ("", "")
