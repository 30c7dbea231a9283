from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SlotsConfig(AppConfig):
    """When agents receive people, and which times are still free."""

    name = "requests_app.slots"
    label = "slots"
    verbose_name = _("Créneaux")

    def ready(self) -> None:
        from requests_app.appointments import changes, obstacles
        from requests_app.slots import closed_doors, interpreter_tasks

        changes.subscribe(interpreter_tasks.on_appointment_changed)
        changes.subscribe(closed_doors.on_appointment_changed)
        obstacles.subscribe(closed_doors.why_closed)
