"""Did a machine send this mail, and may we answer it (RFC 3834)?"""

from dataclasses import dataclass

from .addresses import Mailbox
from .bounces import Bounce
from .headers import Head


@dataclass(frozen=True, slots=True)
class Verdict:
    is_auto: bool
    is_list: bool
    is_spam_marked: bool
    no_ack_reason: str


def judge(head: Head, *, sender: Mailbox, subject: str, text: str, bounce: Bounce) -> Verdict:
    """Judge a mail by its header, then by its words."""
    auto = bounce.is_bounce or head.text("auto-submitted").lower() not in ("", "no")
    return Verdict(auto, head.has("list-id"), False, "réponse automatique" if auto else "")
