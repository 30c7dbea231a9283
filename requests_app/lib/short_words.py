"""One-word answers by SMS: each room says which words it understands, and what they mean to it.

« OUI » to a reminder confirms an appointment; the channel that received the word knows nothing of
appointments. A word counts only when it is the whole message, courtesy apart, in any case, with or without
accents.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from requests_app.lib.registry import HandlersByKey
from requests_app.lib.text import words


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word means: the ticket it belongs to, and a sentence for the agent who reads it there.

    ``act`` runs in the transaction that stores the message, with the id of its touchpoint. ``is_settled``:
    the rooms that read whole messages must draw nothing more from this one. ``is_opinion``: we asked for it,
    so that it opens nothing again and waits for no answer.
    """

    reference: str
    sentence: str
    act: Callable[[int, datetime], object] | None = None
    is_settled: bool = False
    is_opinion: bool = False


MAX_POLITE = 120  # characters
COURTESY = frozenset(
    words(
        "merci beaucoup bien svp stp s il vous te plait bonjour bonsoir madame monsieur cordialement bonne "
        "journee soiree bientot please thanks thank you hello hi"
    )
)

# Given the number (E.164), the word in capitals without accents, and the instant; None: not understood.
Handler = Callable[[str, str, datetime], Meaning | None]

HANDLERS: HandlersByKey[str, Handler] = HandlersByKey("room that understands a word")
DOUBTS: HandlersByKey[str, Handler] = HandlersByKey("room that doubts what a word answers")


def register(spelled: Iterable[str], handler: Handler) -> None:
    """Ask this room when one of these words comes; earlier registrations are asked first."""
    for word in spelled:
        HANDLERS.add(bare(word), handler)


def register_doubt(spelled: Iterable[str], handler: Handler) -> None:
    """Ask this room before all others whether the word may answer two questions."""
    for word in spelled:
        DOUBTS.add(bare(word), handler)


def understand(number: str, text: str, at: datetime) -> Meaning | None:
    """Ask the rooms in turn what the whole message means; None when none of them knows."""
    word = next((each for each in (bare(text), bare(_drop_courtesy(text))) if HANDLERS.find(each)), "")
    handlers = (*DOUBTS.find(word), *HANDLERS.find(word))
    return next(filter(None, (handler(number, word, at) for handler in handlers)), None)


def _drop_courtesy(text: str) -> str:
    """Turn « Oui merci beaucoup, bonne journée » into « oui »; a longer message has something else to say."""
    terms = words(text) if len(text) <= MAX_POLITE else []
    return " ".join(word for word in terms if word not in COURTESY)


def bare(text: str) -> str:
    """Turn « Arrêt ! », « S.T.O.P » into « ARRET », « STOP »: the form that is compared."""
    return "".join(words(text[:40])).upper() if len(text) <= 40 else ""
