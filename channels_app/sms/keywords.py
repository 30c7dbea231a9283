"""Command keywords: STOP, START, HELP and their French variants (threats: S05; data/webhooks/README.md).

Only a whole message is a command, with nothing but courtesy around it: « Arrêt de bus cassé » is a ticket,
and so is « stop aux coupures, j’ai besoin d’aide ».
"""

from dataclasses import dataclass
from enum import Enum

from requests_app.lib.short_words import bare
from requests_app.lib.text import words
from requests_app.people.models import ContactPoint


class Order(Enum):
    """What the command asks for."""

    STOP = "stop"
    START = "start"
    HELP = "help"


# Twilio blocks and answers these by itself on its long numbers: we only record them.
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
PURPOSES = (ContactPoint.Use.REMINDER,)  # what STOP ends: what nobody asked for
ONLY_AFTER_STOP = {"YES"}  # otherwise it is an answer like any other


# With courtesy, these are still that command. Not CANCEL, END or HELP: « help please » is a call for help.
POLITELY = {
    **dict.fromkeys(("STOP", "STOPALL", "UNSUBSCRIBE", "OPTOUT", "STOPPER", "STOPPEZ"), Order.STOP),
    **dict.fromkeys((*OURS[Order.STOP], "DESABONNEZ", "DESINSCRIVEZ", "DESINSCRIS"), Order.STOP),
    **dict.fromkeys(OURS[Order.START], Order.START),
}
COURTESY = frozenset(
    words(
        "merci beaucoup avance svp stp s il vous te plait please pls plz thanks thank you bonjour bonsoir "
        "salut hello hi cordialement madame monsieur veuillez pouvez can d de des du les le la ces cet ce "
        "cette vos votre your m me moi a envoyer recevoir sms message messages rappel rappels texto textos "
        "text texts texting messaging sending send the these this to maintenant now"
    )
)
NO_MORE = frozenset(words("je ne n veux voudrais souhaite plus no more"))
TEXTS = frozenset(words("sms message messages texto textos text texts rappels"))
MAX_COURTESY = 80  # characters: a longer text has something to say
MAX_UNDERSTOOD = 3  # words that the provider may have handled as a command of its own


@dataclass(frozen=True, slots=True)
class Keyword:
    """A command, the keyword as recognised, and whether the provider answers it by itself."""

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
    """Return the command that this text is, in any case, with or without accents; None for a message."""
    return _KNOWN.get(bare(text)) or _said_politely(text)


def obeyed_elsewhere(text: str, provider_says: str) -> Keyword | None:
    """Return the command that the provider obeyed (``OptOutType``), by its own keyword; None otherwise."""
    code = provider_says.strip().upper()
    order = next((order for order in Order if order.value.upper() == code), None)
    is_all = len(words(text)) <= MAX_UNDERSTOOD
    return Keyword(order, code, is_answered=True) if order and is_all else None


def _said_politely(text: str) -> Keyword | None:
    """Match « STOP merci », « arrêtez svp »: one command, once or more, and nothing else meaningful."""
    said = words(text) if len(text) <= MAX_COURTESY else []
    rest = {word.upper() for word in said if word not in COURTESY}
    if len(rest) == 1 and (order := POLITELY.get(word := rest.pop())):
        return Keyword(order, word, is_answered=False)
    has_no_more = bool({"plus", "more"} & set(said)) and bool(TEXTS & set(said))
    if has_no_more and all(word in COURTESY or word in NO_MORE for word in said):
        return Keyword(Order.STOP, "STOP", is_answered=False)
    return None
