from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons and how to reach them."""

    name = "requests_app.people"
    label = "people"
