from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    """A person and an agent, at a place and an hour, about a demand."""

    name = "requests_app.appointments"
    label = "appointments"
