from requests_app.people.services.contacts import NewPerson, create_person, persons_at, split_name

__all__ = ["NewPerson", "create_person", "persons_at", "split_name"]
