"""Words that are orders: STOP, START, HELP and their French sisters (threats: S05; data/webhooks/README.md).

Only a whole message is an order: « Arrêt de bus cassé » is a demand.
"""

from dataclasses import dataclass
from enum import Enum

from requests_app.lib.short_words import bare
from requests_app.people.models import ContactPoint


class Order(Enum):
    """What is asked of us."""

    STOP = "stop"
    START = "start"
    HELP = "help"


# Twilio blocks and answers these by itself on its long numbers: we only note them.
ANSWERED_BY_TWILIO = {
    Order.STOP: ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"),
    Order.START: ("START", "UNSTOP", "YES"),
    Order.HELP: ("HELP", "INFO"),
}
OURS = {
    Order.STOP: (
        *("ARRET", "ARRETE", "ARRETT", "ARRETER", "ARRETEZ", "DESINSCRIRE", "DESINSCRIPTION"),
        *("DESABONNER", "STOPSMS", "STOPRAPPEL", "STOPRAPPELS"),
    ),
    Order.START: ("REPRENDRE", "REPRISE", "REINSCRIRE"),
    Order.HELP: ("AIDE",),
}
PURPOSES = (ContactPoint.Use.REMINDER,)  # what STOP ends: what nobody waits for
ONLY_AFTER_STOP = {"YES"}  # otherwise it is an answer like any other


@dataclass(frozen=True, slots=True)
class Keyword:
    """An order, the word as it was understood, and whether the provider answers it by itself."""

    order: Order
    word: str
    is_answered: bool


_KNOWN = {
    word: Keyword(order, word, is_answered)
    for table, is_answered in ((ANSWERED_BY_TWILIO, True), (OURS, False))
    for order, spelled in table.items()
    for word in spelled
}


def keyword(text: str) -> Keyword | None:
    """The order that this text is, in any case, with or without accents; None when it is words."""
    return _KNOWN.get(bare(text))
