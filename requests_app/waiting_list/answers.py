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
from requests_app.waiting_list.models import FreedSlot, Offer
from requests_app.waiting_list.models.offers import OfferQuerySet
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
    offer = _last_offer(number, at)
    return mean_yes(offer) if offer else None


def read_no(number: str, word: str, at: datetime) -> Meaning | None:
    """Read a no as leaving it to others."""
    offer = _last_offer(number, at)
    return mean_no(offer) if offer else None


def mean_yes(offer: Offer) -> Meaning:
    """Return what a yes to this offer means: they take it."""
    said = _("La personne prend la date libérée du %(when)s, si elle est encore libre.")
    return _mean(offer, said, lambda found, when: accept(offer=found, at=when))


def mean_no(offer: Offer) -> Meaning:
    """Return what a no to this offer means: they leave it."""
    said = _("La personne ne prend pas la date libérée du %(when)s.")
    return _mean(offer, said, lambda found, when: decline(offer=found, at=when))


def _mean(offer: Offer, said: str, verb: Callable[[Offer, datetime], object]) -> Meaning:
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
    return next(iter(_keep_theirs(Offer.objects.filter(outgoing__in=last), number)), None)


def list_open(number: str, *, since: datetime) -> list[Offer]:
    """List the offers sent there since then, of hours not taken yet, latest first."""
    offered = Offer.objects.filter(
        outgoing__recipient=number,
        outgoing__state__in=Outgoing.HANDED_OVER,
        outgoing__sent_at__gt=since,
        outcome__in=(Offer.Outcome.PENDING, Offer.Outcome.EXPIRED),
        slot__state=FreedSlot.State.OPEN,
    )
    return _keep_theirs(offered.order_by("-outgoing__sent_at", "-pk"), number)


def find_offer(pk: int, number: str) -> Offer | None:
    """Return an offer made to that number, when it is still that person's and they still wait."""
    return next(iter(_keep_theirs(Offer.objects.filter(pk=pk), number)), None)


def _keep_theirs(offers: OfferQuerySet, number: str) -> list[Offer]:
    read = ("slot__type", "slot__maison", "slot__agent", "outgoing__contact_point", "place__ticket__person")
    rows = offers.select_related(*read, "place__ticket__merged_into")
    return [offer for offer in rows if _is_theirs(offer, number) and _is_open(offer)]


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
