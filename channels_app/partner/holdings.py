"""What the partner channel stores of its own."""

from requests_app.lib.holdings import exempts

exempts("Signatures already used, for minutes.", "partner.UsedSignature")
