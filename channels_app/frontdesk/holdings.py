"""What agents typed at a counter and did not save."""

from requests_app.lib.holdings import exempts

exempts("Leaves after a day (frontdesk.forget).", "frontdesk.KeptNote")
