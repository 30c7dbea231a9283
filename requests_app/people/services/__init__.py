from requests_app.people.services.choices import choose, is_refused
from requests_app.people.services.contacts import (
    NewPerson,
    create_person,
    create_person_with_points,
    points_at,
    split_name,
)

__all__ = [
    "NewPerson",
    "choose",
    "create_person",
    "create_person_with_points",
    "is_refused",
    "points_at",
    "split_name",
]
