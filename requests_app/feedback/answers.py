"""« 4 », « 4 merci » or « pas réglé » to our survey: read while nothing else was asked there since."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from requests_app.feedback import more_words
from requests_app.feedback.candidates import KIND
from requests_app.feedback.models import FeltExperience
from requests_app.feedback.services import tell
from requests_app.lib import short_words
from requests_app.lib.short_words import Meaning
from requests_app.outbox.models import Outgoing, OutgoingQuerySet
from requests_app.tickets.models import Ticket
from requests_app.tickets.services.number_matching import is_shared
from requests_app.tickets.services.person_reopening import say_unsettled

WITHIN = timedelta(days=7)
CHOSEN_WITHIN = timedelta(days=1)  # as long as « lequel ? 1 ou 2 » may be answered by a digit
Kind = Outgoing.Kind
OTHERS = (Kind.REMINDER, Kind.OFFER, Kind.NOTICE, Kind.ANSWER)
UNSETTLED = (
    "pas réglé",
    "non pas réglé",
    "ce n'est pas réglé",
    "non ce n'est pas réglé",
    "pas résolu",
    "not settled",
    "it is not settled",
)


def register() -> None:
    """Register the digits and « pas réglé »; another number is no answer, and an agent reads it."""
    for level in FeltExperience.Level.values:
        short_words.register((str(level),), read_digit)
    short_words.register(UNSETTLED, read_unsettled)


def read_digit(number: str, word: str, at: datetime) -> Meaning | None:
    """Read a digit as the answer to the survey sent there; one that may answer two things is for an agent."""
    survey = _find_survey(number, at)
    ticket = _ticket_of(survey) if survey else None
    if survey is None or ticket is None:
        return None
    notices = _list_sent(number, at - CHOSEN_WITHIN).filter(kind=Kind.NOTICE)
    if notices.exclude(key__startswith=more_words.PREFIX).exists():
        said = _("Ce chiffre peut répondre à deux de nos SMS : demandez lequel.")
        return Meaning(ticket.reference, said, is_settled=True)
    level = FeltExperience.Level(int(word))
    said = _("Avis de la personne : %(face)s.") % {"face": level.label}
    return Meaning(
        ticket.reference,
        said,
        lambda _pk, when: _tell(survey, ticket, level, when),
        is_settled=True,
        is_opinion=True,
    )


def read_unsettled(number: str, word: str, at: datetime) -> Meaning | None:
    """Read « pas réglé » as the answer to the survey sent there: it opens the request again, once."""
    survey = _find_survey(number, at)
    ticket = _ticket_of(survey) if survey else None
    if ticket is None:
        return None
    said = _("La personne dit que ce n’est pas réglé.")
    return Meaning(
        ticket.reference,
        said,
        lambda _pk, when: say_unsettled(ticket=ticket, at=when),
        is_settled=True,
        is_opinion=True,
    )


def _find_survey(number: str, at: datetime) -> Outgoing | None:
    """Find the survey that words of this number may answer; None when something else was asked since."""
    sent = _list_sent(number, at - WITHIN)
    survey = sent.filter(kind=KIND).first()
    if survey is None or survey.sent_at is None or is_shared(number):
        return None
    since = sent.filter(kind__in=OTHERS, sent_at__gt=survey.sent_at)
    return None if since.exclude(key__startswith=more_words.PREFIX).exists() else survey


def _ticket_of(survey: Outgoing) -> Ticket | None:
    ticket = Ticket.objects.filter(touchpoints__outgoing=survey).first()
    return None if ticket is None or ticket.is_sensitive else ticket


def _list_sent(number: str, since: datetime) -> OutgoingQuerySet:
    sent = Outgoing.objects.filter(recipient=number, state__in=Outgoing.HANDED_OVER, sent_at__gt=since)
    return sent.order_by("-sent_at", "-pk")


def _tell(survey: Outgoing, ticket: Ticket, level: int, at: datetime) -> None:
    """Store the face, keep the sentence they may have left on the page, and ask for a word more, once."""
    before = FeltExperience.objects.filter(ticket=ticket).values_list("sentence", flat=True).first()
    tell(ticket=ticket, level=level, sentence=before or "", at=at, way=survey.channel)
    if not before:
        more_words.ask(survey, ticket, at)
