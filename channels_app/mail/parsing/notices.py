"""Whether a mail is a bounce, or another report of a program (mail.md, 15 and 18)."""

import re
from dataclasses import dataclass

from . import bounces
from .absences import is_personal
from .addresses import Mailbox
from .headers import Head
from .identity import read_ids
from .outcomes import STATUS, read_action, read_outcomes
from .tree import Part

RECEIPT, ABUSE = "message/disposition-notification", "message/feedback-report"
OTHER_REPORTS = (ABUSE, RECEIPT)

# Names that only programs have; others of MACHINE are also used by people who run servers.
ROBOT = re.compile(
    r"mailer[-_.]?daemon|mail[-_.]?(?:daemon|delivery)|mdaemon@|microsoftexchange[0-9a-f]{32}@"
)

LATE = re.compile(
    r"(?i)delay|still being retried|retard|diff[eé]r[eé]|verz[öo]ger|vertraag|vertraging|ritard"
    r"|retras|atras|demor"
    r"|försen|forsink|opó[zź]ni"
)


@dataclass(frozen=True, slots=True)
class Bounce:
    """`is_report` is true for any machine report; `report` is the kind of one that is not a bounce.

    `outcomes` are pairs (recipient, outcome); "" when the notice only says that it bounced.
    """

    is_bounce: bool = False
    is_report: bool = False
    report: str = ""
    original_message_id: str = ""
    recipient: str = ""
    outcomes: tuple[tuple[str, str], ...] = ()


def read_bounce(root: Part, *, sender: Mailbox, subject: str, text: str) -> Bounce:
    """Judge a mail; other reports (abuse, read receipt) are not bounces."""
    parts, text = list(root.walk()), text[: bounces.LOOKED_AT]
    types = {part.type for part in parts}
    is_report = root.type == "multipart/report"
    # A person who forwards a report, with its parts or as a file, is a person.
    is_own = is_report or (bounces.speaks(root.head, sender) and root.type != "message/rfc822")
    if not is_own and bounces.PASSED_ON.match(subject):
        return Bounce()
    if is_own and (others := types.intersection(OTHER_REPORTS)):
        return Bounce(is_report=True, report="receipt" if RECEIPT in others else "abuse")
    is_standard = is_own and (not types.isdisjoint(STATUS) or (is_report and _is_of_delivery(root, sender)))
    if not is_standard and not bounces.looks_returned(root.head, sender, subject, text):
        return Bounce(is_report=is_report)
    recipient = bounces.read_recipient(root, parts, text, sender)
    returned = bounces.returned_id(root, parts, text)
    if not is_standard and not _is_notice(root.head, sender, text, names=recipient or returned):
        return Bounce(is_report=is_report)
    action = read_action(text) or ("delayed" if LATE.search(subject) else "")
    return Bounce(
        is_bounce=True,
        is_report=True,
        original_message_id=returned or next(iter(read_ids(root.head, "in-reply-to", "references")), ""),
        recipient=recipient,
        outcomes=read_outcomes(parts) or (((recipient, action),) if recipient else ()),
    )


def _is_notice(head: Head, sender: Mailbox, text: str, *, names: str) -> bool:
    """Return whether a program wrote it: people who run servers also report failures (threats: N01).

    A non-standard notice names what was not delivered, and asks nothing.
    """
    is_robot = ROBOT.match(sender.address) or (
        head.has("x-failed-recipients") and bounces.speaks(head, sender)
    )
    if is_robot or bounces.PROVIDER_NOTICE.search(text[:2000]):
        return True
    return bool(names) and not is_personal(bounces.RETURNED_COPY.split(text, maxsplit=1)[0])


def _is_of_delivery(root: Part, sender: Mailbox) -> bool:
    """Return whether a report without a status is one; from a person it must say so (threats: N01)."""
    kind = root.parameters.get("report-type").strip().lower()
    return kind == "delivery-status" or (not kind and bounces.speaks(root.head, sender))
