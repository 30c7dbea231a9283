from requests_app.people.services.choices import choose, is_refused
from requests_app.people.services.contacts import NewPerson, create_person, persons_at, split_name

__all__ = ["NewPerson", "choose", "create_person", "is_refused", "persons_at", "split_name"]
