"""« 4 » or « 4 merci » to our survey: read as an answer only while nothing else was asked there since."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from requests_app.feedback.candidates import KIND
from requests_app.feedback.models import FeltExperience
from requests_app.feedback.services import tell
from requests_app.lib import short_words
from requests_app.lib.short_words import Meaning
from requests_app.outbox.models import Outgoing, OutgoingQuerySet
from requests_app.tickets.models import Ticket
from requests_app.tickets.services.number_matching import is_shared

WITHIN = timedelta(days=7)
CHOSEN_WITHIN = timedelta(days=1)  # as long as « lequel ? 1 ou 2 » may be answered by a digit
Kind = Outgoing.Kind
OTHERS = (Kind.REMINDER, Kind.OFFER, Kind.NOTICE, Kind.ANSWER)


def register() -> None:
    """Register the digits; another number is no answer, and an agent reads it."""
    for level in FeltExperience.Level.values:
        short_words.register((str(level),), read_digit)


def read_digit(number: str, word: str, at: datetime) -> Meaning | None:
    """Read a digit as the answer to the survey sent there; one that may answer two things is for an agent."""
    sent = _list_sent(number, at - WITHIN)
    survey = sent.filter(kind=KIND).first()
    if survey is None or survey.sent_at is None or is_shared(number):
        return None
    if sent.filter(kind__in=OTHERS, sent_at__gt=survey.sent_at).exists():
        return None
    ticket = Ticket.objects.filter(touchpoints__outgoing=survey).first()
    if ticket is None or ticket.is_sensitive:
        return None
    if sent.filter(kind=Kind.NOTICE, sent_at__gt=at - CHOSEN_WITHIN).exists():
        said = _("Ce chiffre peut répondre à deux de nos SMS : demandez lequel.")
        return Meaning(ticket.reference, said, is_settled=True)
    level = FeltExperience.Level(int(word))
    said = _("Avis de la personne : %(face)s.") % {"face": level.label}
    return Meaning(
        ticket.reference,
        said,
        lambda _pk, when: _tell(ticket.pk, level, when),
        is_settled=True,
        is_opinion=True,
    )


def _list_sent(number: str, since: datetime) -> OutgoingQuerySet:
    sent = Outgoing.objects.filter(recipient=number, state__in=Outgoing.HANDED_OVER, sent_at__gt=since)
    return sent.order_by("-sent_at", "-pk")


def _tell(ticket_id: int, level: int, at: datetime) -> None:
    """Store the face; the sentence they may have left on the page stays."""
    ticket = Ticket.objects.get(pk=ticket_id)
    before = FeltExperience.objects.filter(ticket=ticket).values_list("sentence", flat=True).first()
    tell(ticket=ticket, level=level, sentence=before or "", at=at)
