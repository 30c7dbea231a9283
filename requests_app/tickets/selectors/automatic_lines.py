"""What the thread says of an automatic message, sent or planned: what holds today, in one sentence."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.lib import french
from requests_app.lib.phones import format_national
from requests_app.outbox.models import Outgoing
from requests_app.tickets.selectors.thread_rows import TouchpointRow

State = Outgoing.State


class Sentences(NamedTuple):
    """What is said when it leaves, when it waits for its day, when it was cancelled, when it was refused."""

    leaves: str | Promise
    planned: str | Promise
    taken_back: str | Promise
    refused: str | Promise


AUTOMATIC = {
    Outgoing.Kind.ACKNOWLEDGMENT: Sentences(
        gettext_lazy("Accusé de réception à %(to)s"),
        gettext_lazy("Accusé de réception à %(to)s"),
        gettext_lazy("Pas d’accusé de réception"),
        gettext_lazy("Pas d’accusé de réception"),
    ),
    Outgoing.Kind.HANDOVER: Sentences(
        gettext_lazy("Demande remise à %(to)s"),
        gettext_lazy("Demande remise à %(to)s : le message part le %(when)s"),
        gettext_lazy("Demande non remise"),
        gettext_lazy("Demande non remise"),
    ),
    Outgoing.Kind.APPOINTMENT: Sentences(
        gettext_lazy("Message sur le rendez-vous, à %(to)s"),
        gettext_lazy("Message sur le rendez-vous, à %(to)s"),
        gettext_lazy("Message sur le rendez-vous retiré"),
        gettext_lazy("Pas de message sur le rendez-vous"),
    ),
    Outgoing.Kind.OFFER: Sentences(
        gettext_lazy("Date libérée proposée à %(to)s"),
        gettext_lazy("Date libérée proposée à %(to)s"),
        gettext_lazy("Date libérée : proposition retirée"),
        gettext_lazy("Date libérée non proposée"),
    ),
    Outgoing.Kind.REMINDER: Sentences(
        gettext_lazy("Rappel du rendez-vous, à %(to)s"),
        gettext_lazy("Rappel du rendez-vous prévu le %(when)s, à %(to)s"),
        gettext_lazy("Rappel du rendez-vous retiré"),
        gettext_lazy("Pas de rappel du rendez-vous"),
    ),
}
RECEIPTS = frozenset({Outgoing.Kind.ACKNOWLEDGMENT, Outgoing.Kind.RECEIPT})
NEEDS_EYES = frozenset({State.FAILED, State.UNCERTAIN, State.REFUSED})  # stays a line of its own


def automatic_sentence(row: TouchpointRow) -> str:
    """Describe the message in one sentence, with the reason when it never leaves."""
    said = AUTOMATIC[Outgoing.Kind(row.facts["kind"])]
    to = format_national(row.sender)
    if row.delivery == State.REFUSED:
        return add_reason(str(said.refused), row.why_not)
    if row.delivery == State.CANCELLED:
        return add_reason(str(said.taken_back), row.why_not)
    if row.planned_at:
        return str(said.planned) % {"when": french.moment(row.planned_at), "to": to}
    return str(said.leaves) % {"to": to}


def add_reason(words: str, why: str) -> str:
    """Append the reason: « Pas de rappel : numéro inconnu. »; one with its own colon is a second sentence."""
    if not why:
        return words
    return f"{words}. {why}" if ":" in why else _("%(words)s : %(why)s") % {"words": words, "why": why}
