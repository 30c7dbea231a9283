class Refused(Exception):
    """A named refusal; its text is shown to the agent."""
