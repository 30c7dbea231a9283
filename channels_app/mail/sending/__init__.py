"""Writing our mails and handing them over."""

from channels_app.mail.sending.handing import hand_over, was_accepted
from channels_app.mail.sending.writing import build_mail, our_address

__all__ = ["build_mail", "hand_over", "our_address", "was_accepted"]
