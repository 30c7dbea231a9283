"""What a mail goes through between its parsing and the ticket, in this order and no other.

Each filter reads the letter, may conclude something, and then adds a sentence: together they tell an agent
« pourquoi ce message est ici ». A filter that ignores the mail is the last one. Numbers have gaps.
"""

from channels_app.mail.filters import (
    f10_control_headers,
    f20_our_own_mail,
    f30_bounces,
    f40_automatic,
    f50_follow_up,
    f60_forwarded,
    f65_reply_to,
    f70_marks,
    f80_person,
    f90_ticket,
)
from channels_app.mail.filters.letter import Letter

FILTERS = (
    (10, f10_control_headers.look),  # commands for help desk software are ignored
    (20, f20_our_own_mail.look),  # our own messages coming back, our own mailboxes
    (30, f30_bounces.look),  # bounces of our messages
    (40, f40_automatic.look),  # automatic replies
    (50, f50_follow_up.look),  # replies to a sealed address of ours
    (60, f60_forwarded.look),  # a colleague forwards what a person wrote
    (65, f65_reply_to.look),  # Reply-To
    (70, f70_marks.look),  # lists, and what a server calls spam
    (80, f80_person.look),  # who wrote it
    (90, f90_ticket.look),  # which ticket it joins
)


def run_filters(letter: Letter) -> Letter:
    """Pass a letter through the filters, up to the one that ignores it."""
    for number, look in FILTERS:
        look(letter)
        letter.crossed.append(number)
        if letter.noise:
            break
    return letter


__all__ = ["FILTERS", "Letter", "run_filters"]
