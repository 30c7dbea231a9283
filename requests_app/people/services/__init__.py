from requests_app.people.services.accepting import accept_need, accept_terms, undo_accept
from requests_app.people.services.choices import choose, is_refused
from requests_app.people.services.contacts import (
    NewPerson,
    create_person,
    create_person_with_points,
    has_both,
    note_language,
    points_at,
)
from requests_app.people.services.duplicates import forget_different, say_different
from requests_app.people.services.identity import change_identity
from requests_app.people.services.mandates import (
    NewMandate,
    end_mandate,
    note_mandate,
    remove_mandate,
    restore_mandate,
)
from requests_app.people.services.needs import Need, note_needs, note_reach, replace_unconfirmed, set_needs
from requests_app.people.services.points import add_point, change_point, remove_point, restore_point

__all__ = [
    "Need",
    "NewMandate",
    "NewPerson",
    "accept_need",
    "accept_terms",
    "add_point",
    "change_identity",
    "change_point",
    "choose",
    "create_person",
    "create_person_with_points",
    "end_mandate",
    "forget_different",
    "has_both",
    "is_refused",
    "note_language",
    "note_mandate",
    "note_needs",
    "note_reach",
    "points_at",
    "remove_mandate",
    "remove_point",
    "replace_unconfirmed",
    "restore_mandate",
    "restore_point",
    "say_different",
    "set_needs",
    "undo_accept",
]
