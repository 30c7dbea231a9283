from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Invented demands, for a first look and for measuring: the rows that real intake leaves behind."""

    name = "channels_app.demo"
    label = "demo"
