"""What a mail goes through between its reading and the ticket, in this order and no other.

Each filter looks at the letter, may conclude something, and leaves a sentence when it did: together they
tell an agent « pourquoi ce message est ici ». One that calls it noise is the last. Numbers have gaps.
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
    (10, f10_control_headers.look),  # orders for a ticket software are ignored
    (20, f20_our_own_mail.look),  # our own messages coming back, our own mailboxes
    (30, f30_bounces.look),  # what we sent and was not delivered
    (40, f40_automatic.look),  # answers that a machine wrote
    (50, f50_follow_up.look),  # our seal came back
    (60, f60_forwarded.look),  # a colleague passes on what a person wrote
    (65, f65_reply_to.look),  # where its author asks to be answered
    (70, f70_marks.look),  # lists, and what a server calls spam
    (80, f80_person.look),  # whose words these are
    (90, f90_ticket.look),  # where they go
)


def run_filters(letter: Letter) -> Letter:
    """Pass a letter through the filters, up to the one that calls it noise."""
    for number, look in FILTERS:
        look(letter)
        letter.crossed.append(number)
        if letter.noise:
            break
    return letter


__all__ = ["FILTERS", "Letter", "run_filters"]
