"""What is stored for the Back button: pages, of no ticket."""

from requests_app.lib.holdings import exempts

exempts("Leaves after half an hour (pages.purge_expired).", "pages.StoredPage")
