"""The attestation of an acceptance acquired by our silence, printed on request (CRPA, art. L232-3)."""

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.catalog.models import Regime
from requests_app.lib import french
from requests_app.lib.languages import speaking
from requests_app.tickets.competence import is_with_our_service
from requests_app.tickets.deadlines import clock_of, local_day
from requests_app.tickets.letters.rendering import Paper
from requests_app.tickets.letters.words import answer
from requests_app.tickets.models import Ticket


def accepted_on(ticket: Ticket, *, today: date) -> date | None:
    """Return the day since which silence has accepted; None until then, or when we answered before."""
    topic, clock = ticket.topic, clock_of(ticket)
    if topic is None or clock is None or clock.day is None:
        return None
    ended_on = ticket.service_answered_on
    if ticket.closed_at and not ended_on and not is_with_our_service(ticket):
        ended_on = local_day(ticket.closed_at)
    was_ended = ended_on is not None and ended_on <= clock.day
    is_born = topic.settled_regime == Regime.SILENCE_ACCEPTANCE and clock.day < today
    return clock.day if is_born and not was_ended else None


def attestation(ticket: Ticket, *, by: User, at: datetime) -> Paper | None:
    """Build the letter as it would be printed now; None when silence has accepted nothing."""
    day = accepted_on(ticket, today=local_day(at))
    if day is None:
        return None
    return answer(ticket, attestation_text(ticket, day), by=by, at=at)


def attestation_text(ticket: Ticket, day: date) -> str:
    """Write what is attested of a ticket accepted since that day, in the reader's language."""
    with speaking(ticket.language):
        note = ticket.topic.settled_note(get_language() or settings.LANGUAGE_CODE) if ticket.topic else ""
        words = {
            "reference": ticket.reference,
            "received": french.full_date(local_day(ticket.received_at)),
            "day": french.full_date(day),
            "note": f"\n\n{note}" if note else "",
        }
        text = _(
            "Nous attestons que votre demande %(reference)s, reçue le %(received)s, est acceptée.\n\n"
            "Elle l’est depuis le %(day)s, faute de réponse de notre part avant ce jour.%(note)s\n\n"
            "Cette attestation est remise selon l’article L232-3 du code des relations entre le public "
            "et l’administration."
        )
        return text % words
