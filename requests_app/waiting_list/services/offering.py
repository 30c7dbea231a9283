"""A freed hour is offered to three persons at once, then to the next three, until somebody takes it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.appointments.services.holding import lock_names
from requests_app.channels.outbound import Reply
from requests_app.channels.ways_out import compose
from requests_app.lib import seals
from requests_app.lib.failpoints import failpoint
from requests_app.outbox import windows
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, cancel_all
from requests_app.tickets.messages.many import AutomaticMessage, plan_messages
from requests_app.waiting_list.models import FreedSlot, Offer
from requests_app.waiting_list.services.choosing import Candidate, choose
from requests_app.waiting_list.still_free import is_held, is_still_free
from requests_app.waiting_list.texts import offer_texts

ANSWERS_WITHIN = timedelta(hours=2)
UNDO = timedelta(seconds=10)  # what an agent undoes at once is offered to nobody
LOCK = "waiting-list"  # caps are of persons, whatever the slot: one round at a time
State, Outcome = FreedSlot.State, Offer.Outcome


@transaction.atomic
def offer_next(pk: int, *, at: datetime) -> int:
    """Offer it to the next three when those asked before have not taken it; return how many were asked."""
    lock_names([LOCK])
    slot = FreedSlot.objects.open().select_for_update(of=("self",)).filter(pk=pk).first()
    if slot is None or not windows.is_open(at) or slot.freed_at > at - UNDO:
        return 0
    if slot.last_call <= at:
        return end(slot, State.OVER, at=at)
    if _has_pending(slot, at):
        return 0
    chosen = choose(slot, at)
    if chosen and not is_still_free(slot, at):
        return 0 if is_held(slot, at) else end(slot, State.TAKEN, at=at)
    _send(slot, chosen, at)
    failpoint("waiting_list.before_commit")
    return len(chosen)


def end(slot: FreedSlot, state: str, *, at: datetime, days_gained: int | None = None) -> int:
    """End it, with the offers that wait for an answer or have not left yet."""
    FreedSlot.objects.filter(pk=slot.pk).update(state=state, ended_at=at, days_gained=days_gained)
    pending = Offer.objects.pending().filter(slot=slot)
    waiting = list(pending.values_list("outgoing", flat=True))
    cancel_all(Outgoing.objects.filter(pk__in=waiting), reason=_("Cette date est déjà prise."), at=at)
    pending.update(outcome=Outcome.TAKEN if state != State.OVER else Outcome.EXPIRED)
    return 0


def _has_pending(slot: FreedSlot, at: datetime) -> bool:
    """Tell whether somebody may still answer, once silence and failed messages are noted."""
    pending = Offer.objects.pending().filter(slot=slot)
    pending.filter(outgoing__state__in=Outgoing.NOT_RECEIVED).update(outcome=Outcome.UNDELIVERED)
    pending.filter(ends_at__lte=at).update(outcome=Outcome.EXPIRED)
    return pending.exists()


def _send(slot: FreedSlot, chosen: list[Candidate], at: datetime) -> None:
    by_key = {f"offer:{slot.pk}:{each.place.pk}:{each.way.channel}": each for each in chosen}
    said = [AutomaticMessage(each.place.ticket, _message(slot, each, key)) for key, each in by_key.items()]
    ids = plan_messages(said, at=at)
    ends_at = min(windows.add_open_time(at, ANSWERS_WITHIN), slot.last_call)
    Offer.objects.bulk_create(
        Offer(place=each.place, slot=slot, outgoing_id=ids[key], offered_at=at, ends_at=ends_at)
        for key, each in by_key.items()
    )


def _message(slot: FreedSlot, candidate: Candidate, key: str) -> Message:
    ticket, way = candidate.place.ticket, candidate.way
    reply = Reply(
        ticket_id=ticket.pk,
        reference=ticket.reference,
        full=lambda: {"sender": settings.AUTHORITY_NAME, "subject": "", "text": _texts(slot, candidate)[0]},
        brief=lambda: _texts(slot, candidate),
        more={"discreet": ticket.is_sensitive},
    )
    return Message(
        key=key,
        kind=Outgoing.Kind.OFFER,
        channel=way.channel,
        recipient=way.point.value,
        message_id=seals.new_message_id(ticket.reference),
        contact_point=way.point,
        payload=compose(way.channel, reply).content,
    )


def _texts(slot: FreedSlot, candidate: Candidate) -> list[str]:
    ticket, present = candidate.place.ticket, candidate.present
    return offer_texts(
        slot.starts_at,
        slot.maison,
        is_discreet=ticket.is_sensitive,
        is_by_phone=slot.type.is_by_phone,
        instead_of=present.starts_at if present else None,
        language=ticket.language or (ticket.person.language if ticket.person else ""),
    )
