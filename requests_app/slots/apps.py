from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SlotsConfig(AppConfig):
    """When agents receive people, and which times are still free."""

    name = "requests_app.slots"
    label = "slots"
    verbose_name = _("Créneaux")

    def ready(self) -> None:
        from requests_app.appointments.changes import subscribe
        from requests_app.slots.interpreter_tasks import on_appointment_changed

        subscribe(on_appointment_changed)
