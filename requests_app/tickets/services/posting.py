"""Our printed letters: asked for, printed by an agent, noted as posted. Nothing here leaves by itself."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.accounts.models import User
from requests_app.channels.description import Medium
from requests_app.channels.registry import key_of, keys_of
from requests_app.lib.workdays import add_working_days
from requests_app.tickets.deadlines import END_OF_DAY, PARIS
from requests_app.tickets.errors import Refused
from requests_app.tickets.letters.words import acknowledgment, as_text, paper_of
from requests_app.tickets.models import Ticket, ToDo, Touchpoint
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts
from requests_app.tickets.services.moves import change, require_handler_here
from requests_app.tickets.services.todos import finish, undo_finish
from requests_app.tickets.todos import ask

UNDO_POSTED_WITHIN = timedelta(minutes=10)
WITHIN = 2  # working days from the arrival (domain-public-service, section 3)
OUT = Touchpoint.Direction.OUT


class NotPosted(Refused):
    message = gettext_lazy("Aucun courrier posté ne peut être annulé ici.")


def letter_key(ticket: Ticket) -> str:
    return f"letter:{ticket.reference}"


def ask_for_letter(*, ticket: Ticket, at: datetime) -> ToDo:
    """Ask agents to print and post an acknowledgment."""
    day = add_working_days(ticket.received_at.astimezone(PARIS).date(), WITHIN)
    return ask(
        ticket=ticket,
        kind=ToDo.Kind.LETTER,
        text=_("Accusé de réception à imprimer et à poster."),
        key=letter_key(ticket),
        at=at,
        due_at=datetime.combine(day, END_OF_DAY, PARIS),
    )


@transaction.atomic
def note_posted(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Note that the acknowledgment was printed and posted; its text is stored as printed."""
    require_handler_here(ticket, by)
    change(ticket, at=at)
    task = ToDo.objects.to_do().filter(key=letter_key(ticket)).select_related("ticket").first()
    if task:
        finish(task=task, by=by, at=at)
    Touchpoint.objects.create(
        ticket=ticket,
        channel=key_of(Medium.PAPER),
        direction=OUT,
        occurred_at=at,
        recorded_at=at,
        author=by,
        maison_id=ticket.maison_id,
        text=as_text(acknowledgment(ticket, by=by, at=at)),
        facts=TouchpointFacts(posted=task.pk if task else 0, receipt=paper_of(ticket)),
    )


@transaction.atomic
def note_unposted(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Undo that note; raises NotPosted after ten minutes."""
    require_handler_here(ticket, by)
    ours = ticket.touchpoints.filter(channel__in=keys_of(Medium.PAPER), direction=OUT, author=by)
    posted = ours.filter(facts__has_key="posted", recorded_at__gt=at - UNDO_POSTED_WITHIN).last()
    if posted is None:
        raise NotPosted
    change(ticket, at=at)
    task = ToDo.objects.filter(pk=posted.facts["posted"]).select_related("ticket").first()
    if task:
        undo_finish(task=task, by=by, at=at)
    posted.delete()
