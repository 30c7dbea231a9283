"""« OUI » and « NON » to the last offer sent to that number."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.utils.translation import gettext as _

from requests_app.lib import french, short_words
from requests_app.lib.short_words import Meaning
from requests_app.outbox.models import Outgoing
from requests_app.reminders.answers import YES
from requests_app.reminders.services.meant import ASKS
from requests_app.tickets.selectors.family import acted_as
from requests_app.waiting_list.models import Offer
from requests_app.waiting_list.services import accept, decline

TAKES = (*YES, "Je prends", "Je le prends", "Oui je prends", "Oui je le prends", "Je veux bien", "Ça me va")
LEAVES = ("NON", "Non merci", "NO", "No thanks")
REMEMBERED = timedelta(days=7)


def register() -> None:
    """Register the words understood here."""
    short_words.register(TAKES, read_yes)
    short_words.register(LEAVES, read_no)


def read_yes(number: str, word: str, at: datetime) -> Meaning | None:
    """Read a yes as taking the hour, when that offer is our last question to the number."""
    said = _("La personne prend la date libérée du %(when)s, si elle est encore libre.")
    return _read(number, at, said, lambda offer, when: accept(offer=offer, at=when))


def read_no(number: str, word: str, at: datetime) -> Meaning | None:
    """Read a no as leaving it to others."""
    said = _("La personne ne prend pas la date libérée du %(when)s.")
    return _read(number, at, said, lambda offer, when: decline(offer=offer, at=when))


def _read(number: str, at: datetime, said: str, verb: Callable[[Offer, datetime], object]) -> Meaning | None:
    offer = _last_offer(number, at)
    if offer is None:
        return None
    words = {"when": french.moment(offer.slot.starts_at)}
    return Meaning(offer.place.ticket.reference, said % words, partial(_act, verb, offer))


def _act(verb: Callable[[Offer, datetime], object], offer: Offer, touchpoint_id: int, at: datetime) -> None:
    verb(offer, at)


def _last_offer(number: str, at: datetime) -> Offer | None:
    """Return the offer that is the last thing asked there, when the number is still that person's."""
    asked = Outgoing.objects.filter(
        recipient=number, kind__in=ASKS, state__in=Outgoing.HANDED_OVER, sent_at__gt=at - REMEMBERED
    )
    last = asked.order_by("-sent_at", "-pk").values("pk")[:1]
    read = ("slot__type", "slot__maison", "slot__agent", "outgoing__contact_point", "place__ticket__person")
    offer = (
        Offer.objects.select_related(*read, "place__ticket__merged_into").filter(outgoing__in=last).first()
    )
    return offer if offer and _is_theirs(offer, number) and _is_open(offer) else None


def _is_theirs(offer: Offer, number: str) -> bool:
    """Tell whether the number is still that of the person, or of whom their ticket goes on with."""
    point, ticket = offer.outgoing.contact_point, offer.place.ticket
    if point is None or point.value != number:
        return False
    return point.person_id in (ticket.person_id, acted_as(ticket).person_id)


def _is_open(offer: Offer) -> bool:
    """Tell whether they still wait, or took it: else an agent reads what they write."""
    still_waits = offer.place.ended_at is None and acted_as(offer.place.ticket).is_open
    return still_waits or offer.outcome == Offer.Outcome.ACCEPTED
