from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """What the rooms may know of a channel: its description, and what it can carry."""

    name = "requests_app.channels"
    label = "channels"
