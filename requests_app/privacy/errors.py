"""Named refusals; their text is shown as it is."""

from requests_app.lib import refusals


class Refused(refusals.Refused):
    """Something that the list's state does not allow."""
