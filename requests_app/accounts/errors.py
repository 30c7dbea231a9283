"""Named refusals; their text is shown to the agent as it is."""

from requests_app.lib import refusals


class Refused(refusals.Refused):
    """Something an account or a place of work does not allow."""
