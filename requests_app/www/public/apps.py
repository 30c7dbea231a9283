from django.apps import AppConfig


class PublicConfig(AppConfig):
    """What anybody may read without asking for anything: the places, and the legal pages."""

    name = "requests_app.www.public"
    label = "public"
