"""How a mail of ours is written and handed over."""

from channels_app.mail.speaking.handing import hand_over, was_accepted
from channels_app.mail.speaking.writing import our_address, written

__all__ = ["hand_over", "our_address", "was_accepted", "written"]
