"""How an arrival came, step by step, in sentences: the beginning of the log that the ticket shows."""

from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app.intake.models import Arrival
from requests_app.lib import french
from requests_app.tickets.models.touchpoint_facts import StepFact, TouchpointFacts
from requests_app.tickets.services import record_duplicate

# By its source, then by what stands before its colon.
DOORS: dict[str, str | Promise] = {
    "smtp": gettext_lazy("la porte du courriel (SMTP)"),
    "lmtp": gettext_lazy("la porte du courriel (LMTP)"),
    "mail-in": gettext_lazy("le serveur de messagerie (mail-in)"),
    "imap": gettext_lazy("la relève d’une boîte (IMAP)"),
    "webhook": gettext_lazy("l’appel d’un prestataire"),
    "poll": gettext_lazy("la relève des messages d’un prestataire"),
    "ingest_mail": gettext_lazy("une commande d’administration"),
    "open311": gettext_lazy("un logiciel de signalement (Open311)"),
    "publik": gettext_lazy("le portail d’un partenaire (Publik)"),
    "desk": gettext_lazy("l’écran de l’accueil"),
    "demo": gettext_lazy("la démonstration"),
}
LOG: Final = "log"  # among the facts of a parsed message: what the channel checked, in sentences


def add_steps(facts: TouchpointFacts, arrival: Arrival, at: datetime) -> TouchpointFacts:
    """Return the facts of a message with its steps up to the ticket, ``facts[LOG]`` included."""
    steps = _steps(arrival, facts.get(LOG, []), at)
    added: TouchpointFacts = {**facts, "way": steps}
    added.pop(LOG, None)
    return added


def _steps(arrival: Arrival, log: list[str], at: datetime) -> list[StepFact]:
    steps = [_step(arrival.received_at, _came(arrival))]
    if arrival.attempts > 1:
        steps.append(_step(at, _("Compris au %(n)se essai.") % {"n": arrival.attempts}))
    return steps + [_step(at, sentence) for sentence in log]


def tell_the_first(arrival: Arrival, meaning: str) -> None:
    """Add to the first arrival's log that the same message came by another route."""
    first = Arrival.objects.filter(state=Arrival.State.HEARD, meaning=meaning).first()
    if first and first.touchpoint_id:
        words = _("Le même message est aussi venu par %(door)s, à %(address)s : il n’est compté qu’une fois.")
        step = _step(arrival.received_at, words % _door_values(arrival))
        record_duplicate(touchpoint_id=first.touchpoint_id, step=step)


def _came(arrival: Arrival) -> str:
    said = _door_values(arrival)
    if not arrival.address:
        return _("Arrivé par %(door)s.") % said
    return _("Arrivé par %(door)s, à %(address)s (%(size)s).") % said


def _door_values(arrival: Arrival) -> dict[str, str]:
    name, _colon, provider = arrival.source.partition(":")
    door = f"{DOORS.get(name, name)} ({provider})" if provider else str(DOORS.get(name, name))
    return {"door": door, "address": arrival.address, "size": french.size(arrival.size)}


def _step(at: datetime, text: str) -> StepFact:
    return {"at": at.isoformat(), "text": text}
