"""« Un mot de plus ? » in the thread of a digit: the answer is a message like another, and an opinion."""

from datetime import datetime, timedelta

from requests_app.channels.outbound import Reply
from requests_app.channels.ways_out import compose
from requests_app.feedback.models import FeltExperience
from requests_app.feedback.services.experiences import MAX_LENGTH
from requests_app.feedback.texts import more_texts
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message
from requests_app.tickets.messages.many import AutomaticMessage, plan_messages
from requests_app.tickets.models import Ticket
from requests_app.tickets.services.listening import PersonMessage

PREFIX = "survey-more:"
WITHIN = timedelta(days=2)


def ask(survey: Outgoing, ticket: Ticket, at: datetime) -> None:
    """Thank, ask for a word, and say how to tell that it is not settled: once for a request."""
    language = ticket.language or (ticket.person.language if ticket.person else "")
    reply = Reply(
        ticket_id=ticket.pk, reference=ticket.reference, full=dict, brief=lambda: more_texts(language)
    )
    message = Message(
        key=f"{PREFIX}ticket-{ticket.pk}",
        kind=Outgoing.Kind.NOTICE,
        channel=survey.channel,
        recipient=survey.recipient,
        message_id=seals.new_message_id(ticket.reference),
        contact_point=survey.contact_point,
        payload=compose(survey.channel, reply).content,
    )
    plan_messages([AutomaticMessage(ticket, message)], at=at)


def keep_words(words: PersonMessage, at: datetime) -> None:
    """Keep what answers as the sentence of the opinion; an agent reads the message all the same.

    It may ask for something new: nothing of it is set aside.
    """
    number = words.said.by_number
    if not number or words.said.facts.get("is_settled") or not words.text.strip():
        return
    asked = Outgoing.objects.filter(
        recipient=number,
        key__startswith=PREFIX,
        state__in=Outgoing.HANDED_OVER,
        sent_at__gt=at - WITHIN,
    )
    row = asked.order_by("-sent_at", "-pk").first()
    if row is None or _is_another_question_open(row):
        return
    told = FeltExperience.objects.filter(ticket__touchpoints__outgoing=row, sentence="")
    told.filter(ticket__is_sensitive=False).update(sentence=words.text.strip()[:MAX_LENGTH])


def _is_another_question_open(asked: Outgoing) -> bool:
    later = Outgoing.objects.filter(recipient=asked.recipient, sent_at__gt=asked.sent_at)
    return later.exists()
