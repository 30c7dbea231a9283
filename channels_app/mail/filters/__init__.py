"""What a mail goes through between its parsing and the ticket, in this order and no other.

Each filter reads the letter, may conclude something, and then adds a sentence: together they tell an agent
« pourquoi ce message est ici ». A filter that ignores the mail is the last one.
The order is said here only; the log of the message shows the numbers, which have gaps.
"""

from channels_app.mail.filters import (
    automatic,
    bounces,
    control_headers,
    follow_up,
    forwards,
    marks,
    our_own_mail,
    person,
    reply_to,
    ticket,
)
from channels_app.mail.filters.letter import Letter

FILTERS = (
    (10, control_headers.look),  # commands for help desk software are ignored
    (20, our_own_mail.look),  # our own messages coming back, our own mailboxes
    (30, bounces.look),  # bounces of our messages
    (40, automatic.look),  # automatic replies
    (50, follow_up.look),  # replies to a sealed address of ours
    (60, forwards.look),  # a colleague forwards what a person wrote
    (65, reply_to.look),  # Reply-To
    (70, marks.look),  # lists, and what a server calls spam
    (80, person.look),  # who wrote it
    (90, ticket.look),  # which ticket it joins
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
