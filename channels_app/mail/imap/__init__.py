"""A second route in for mail: mailboxes of another server, read every minute."""

from channels_app.mail.imap.health import incidents
from channels_app.mail.imap.polling import poll

__all__ = ["incidents", "poll"]
