from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppointmentsConfig(AppConfig):
    """A person and an agent, at a place and an hour, about a ticket."""

    name = "requests_app.appointments"
    label = "appointments"
    verbose_name = _("Rendez-vous")
