"""The replies of the mail door. ASCII, as the protocol requires; the mail's author may read a refusal."""

from typing import Final

KEPT: Final = "250 2.0.0 OK"
LATER: Final = "451 4.3.0 Essayez plus tard"
NO_ROOM: Final = "452 4.3.1 Plus de place, essayez plus tard"
TOO_BIG: Final = "552 5.3.4 Message trop gros : 40 Mo au plus"
NOT_OURS: Final = "550 5.7.1 Cette adresse ne se trouve pas ici"
NO_ADDRESS: Final = "553 5.1.3 Adresse illisible"
TOO_MANY_RECIPIENTS: Final = "452 4.5.3 Trop de destinataires"
TOO_MANY: Final = "421 4.7.0 Trop de messages, essayez plus tard"
CLOSING: Final = "421 4.3.2 Le service s'interrompt, essayez plus tard"


def worst(answers: list[str]) -> str:
    """Return SMTP's one reply for all recipients: OK only when all are stored, since a repeat is harmless."""
    return next((answer for answer in answers if answer != KEPT), KEPT)
