from requests_app.people.models.access_needs import AccessNeed
from requests_app.people.models.changes import PersonChange
from requests_app.people.models.contact_choices import ContactChoice
from requests_app.people.models.contact_points import ContactPoint
from requests_app.people.models.mandates import Mandate
from requests_app.people.models.merges import MergeLog, NotDuplicate
from requests_app.people.models.name_words import NameWord
from requests_app.people.models.persons import Person

__all__ = [
    "AccessNeed",
    "ContactChoice",
    "ContactPoint",
    "Mandate",
    "MergeLog",
    "NameWord",
    "NotDuplicate",
    "Person",
    "PersonChange",
]
