from requests_app.access.models.alerts import ReadingAlert, ReadingNotice
from requests_app.access.models.glass import BreakGlassGrant, GlassNotice, Motive
from requests_app.access.models.readings import Reading
from requests_app.access.models.searches import PersonSearch
from requests_app.access.models.sent_away import SentAway

__all__ = [
    "BreakGlassGrant",
    "GlassNotice",
    "Motive",
    "PersonSearch",
    "Reading",
    "ReadingAlert",
    "ReadingNotice",
    "SentAway",
]
