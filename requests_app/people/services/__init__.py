from requests_app.people.services.choices import choose, is_refused
from requests_app.people.services.contacts import (
    NewPerson,
    create_person,
    create_person_with_points,
    points_at,
    split_name,
)
from requests_app.people.services.duplicates import forget_different, say_different
from requests_app.people.services.needs import Need, note_needs, note_reach

__all__ = [
    "Need",
    "NewPerson",
    "choose",
    "create_person",
    "create_person_with_points",
    "forget_different",
    "is_refused",
    "note_needs",
    "note_reach",
    "points_at",
    "say_different",
    "split_name",
]
