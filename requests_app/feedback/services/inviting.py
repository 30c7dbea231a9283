"""Ask how a closed request felt, once, by the channel that the person used (design/experience.md, 2)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.appointments.services.holding import lock_names
from requests_app.channels.outbound import Reply
from requests_app.channels.ways_out import compose
from requests_app.feedback.candidates import KIND, Candidate, list_candidates
from requests_app.feedback.models import FeltExperience, SurveyCard
from requests_app.feedback.texts import brief_texts, mail_subject, mail_text
from requests_app.lib import seals
from requests_app.outbox import links, windows
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message
from requests_app.people.models import ContactChoice
from requests_app.people.models.contact_choices import SURVEY
from requests_app.people.services import is_refused
from requests_app.tickets.messages.many import AutomaticMessage, plan_messages
from requests_app.tickets.models import Ticket

PURPOSE = "survey"  # of its links: they open the question, and nothing of the ticket
CARD = "survey:card-"  # how the key of a card's link begins
LOCK = "surveys"  # ninety days are of persons: one pass at a time


@transaction.atomic
def invite(*, at: datetime) -> int:
    """Ask those to ask now, in the hours of reminders; return how many."""
    if not settings.SURVEYS_ON or not windows.is_open(at):
        return 0
    lock_names([LOCK])
    chosen = list_candidates(at)
    if not chosen:
        return 0
    links.links_for({each.key: each.ticket.pk for each in chosen}, PURPOSE, at)
    return len(plan_messages([AutomaticMessage(each.ticket, _message(each)) for each in chosen], at=at))


def _message(candidate: Candidate) -> Message:
    ticket, point = candidate.ticket, candidate.point
    return Message(
        key=candidate.key,
        kind=KIND,
        channel=candidate.channel,
        recipient=point.value,
        message_id=seals.new_message_id(ticket.reference),
        contact_point=point,
        payload=_payload(candidate),
    )


def _payload(candidate: Candidate) -> dict[str, Any]:
    ticket = candidate.ticket
    language = ticket.language or (ticket.person.language if ticket.person else "")
    reply = Reply(
        ticket_id=ticket.pk,
        reference=ticket.reference,
        full=lambda: {
            "sender": settings.AUTHORITY_NAME,
            "subject": mail_subject(language),
            "text": mail_text(ticket.reference, language),
        },
        brief=lambda: brief_texts(language),
    )
    return compose(candidate.channel, reply).content


def is_still_valid(outgoing: Outgoing, at: datetime) -> str:
    """Say why an invitation must no longer leave; "" when it still may."""
    ticket = Ticket.objects.filter(touchpoints__outgoing=outgoing).first()
    if ticket is None:
        return ""
    point = outgoing.contact_point
    if ticket.is_open or ticket.merged_into_id:
        return _("La demande n’est plus terminée.")
    if ticket.is_sensitive:
        return _("La demande est devenue réservée.")
    if point is None or point.value != outgoing.recipient or point.person_id != ticket.person_id:
        return _("Ce contact n’est plus celui de la personne.")
    if not point.allows(point.Use.REMINDER) or is_refused(point.kind, point.value, SURVEY):
        return _("La personne ne veut plus de ces messages.")
    is_told = FeltExperience.objects.filter(ticket=ticket).exists()
    return _("La personne a déjà donné son avis.") if is_told else ""


def choose_surveys(*, key: str, is_allowed: bool, at: datetime) -> None:
    """Ask nothing more, or ask again, at the contact that the invitation ``key`` went to."""
    sent = Outgoing.objects.select_related("contact_point").filter(key=key, kind=KIND).first()
    if sent is None or sent.contact_point is None:
        return
    kind, value = sent.contact_point.kind, sent.recipient
    if is_refused(kind, value, SURVEY) == is_allowed:
        ContactChoice.objects.create(
            kind=kind, value=value, use=SURVEY, is_allowed=is_allowed, word="avis", at=at
        )


def is_stopped(key: str) -> bool | None:
    """Tell whether nothing more is asked at the contact of the invitation ``key``; None: it went to none."""
    sent = Outgoing.objects.select_related("contact_point").filter(key=key, kind=KIND).first()
    point = sent.contact_point if sent else None
    return is_refused(point.kind, point.value, SURVEY) if point else None


def way_of(key: str) -> str:
    """Return the channel that asked by the link ``key``, of a message or of a card; "" for another link."""
    if key.startswith(CARD):
        rows = SurveyCard.objects.filter(pk=key.removeprefix(CARD))
        return rows.values_list("way", flat=True).first() or ""
    return Outgoing.objects.filter(key=key, kind=KIND).values_list("channel", flat=True).first() or ""
