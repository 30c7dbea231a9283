"""Pages that Back finds again."""

from requests_app.lib.holdings import exempts

exempts("Leaves after half an hour (pages.purge_expired).", "pages.StoredPage")
