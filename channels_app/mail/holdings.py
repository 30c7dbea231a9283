"""What the mail channel stores of its own: how far mailboxes were read."""

from requests_app.lib.holdings import exempts

exempts("How far a box of ours was read: numbers.", "mail.PolledBox")
exempts("Signatures already used, for minutes.", "mail.UsedToken")
