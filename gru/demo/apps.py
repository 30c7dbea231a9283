from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Invented tickets, for a first look and for benchmarks: the rows that real intake leaves behind."""

    name = "gru.demo"
    label = "demo"
