"""Named refusals about keys; their text is shown as it is."""

from requests_app.lib import refusals


class Refused(refusals.Refused):
    """Something that cannot be done with a key."""
