"""By which channel an invented ticket comes: every channel of the product has its share."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Door:
    """``is_written``: the person's own words, at any hour; else an agent logged it, during opening hours.

    ``knows_topic``: the topic was chosen as it came in. ``may_be_nameless``: nobody has to say who they are.
    """

    kind: str
    share: float
    is_written: bool = True
    knows_topic: bool = False
    may_be_nameless: bool = False


MAIL = Door("mail", 0.38)
SMS = Door("sms", 0.07)
FORM = Door("portal", 0.14, knows_topic=True)
DESK = Door("frontdesk", 0.26, is_written=False, knows_topic=True, may_be_nameless=True)
PHONE = Door("phone", 0.1, is_written=False, knows_topic=True)
LETTER = Door("letter", 0.05, is_written=False, knows_topic=True)
DOORS = (MAIL, SMS, FORM, DESK, PHONE, LETTER)
_SHARES = [door.share for door in DOORS]


def draw_door(random: Random) -> Door:
    return random.choices(DOORS, _SHARES)[0]
