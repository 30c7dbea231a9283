from django.apps import AppConfig


class PublicConfig(AppConfig):
    """What anybody may read without asking for anything: the places, and the pages of law."""

    name = "requests_app.www.public"
    label = "public"
