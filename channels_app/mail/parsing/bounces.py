"""Is this mail the return of one of ours, and of which one?"""

from dataclasses import dataclass

from .addresses import Mailbox
from .tree import Part


@dataclass(frozen=True, slots=True)
class Bounce:
    is_bounce: bool = False
    original_message_id: str = ""
    recipient: str = ""


def read_bounce(root: Part, *, sender: Mailbox, subject: str, text: str) -> Bounce:
    """Judge a mail; what only looks like a report (abuse, reading) is no bounce."""
    if root.type == "multipart/report" and root.parameters.get("report-type").lower() == "delivery-status":
        return Bounce(is_bounce=True)
    return Bounce()
