from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """What everybody may read of how we answer: each quarter, once, never under five people."""

    name = "requests_app.publication"
    label = "publication"
