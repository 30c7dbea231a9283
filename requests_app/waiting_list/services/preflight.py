"""Checked just before an offer leaves: the hour is free, the person still waits and agrees (threats: O04)."""

from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.outbox.models import Outgoing
from requests_app.reminders.services.preflight import why_person_disagrees
from requests_app.tickets.selectors.family import acted_as
from requests_app.waiting_list.models import FreedSlot, Offer
from requests_app.waiting_list.still_free import is_still_free


def is_still_valid(outgoing: Outgoing, at: datetime) -> str:
    """Say why this offer must not leave; "" when it is still valid."""
    read = ("place__ticket__merged_into", "slot__type", "slot__maison", "slot__agent")
    offer = Offer.objects.select_related(*read).filter(outgoing=outgoing.pk).first()
    if offer is None:
        return _("Ce message n’est d’aucune liste d’attente.")
    slot, ticket = offer.slot, acted_as(offer.place.ticket)
    if slot.state != FreedSlot.State.OPEN or offer.outcome != Offer.Outcome.PENDING:
        return _("Cette date est déjà prise.")
    if min(slot.last_call, offer.ends_at) <= at:
        return _("Trop tard pour proposer cette date.")
    if offer.place.ended_at or not ticket.is_open:
        return _("La personne n’attend plus.")
    if not is_still_free(slot, at):
        return _("Cette date est déjà prise.")
    return why_person_disagrees(ticket, outgoing)
