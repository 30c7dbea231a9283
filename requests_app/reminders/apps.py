from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    """Who must be reminded of which appointment, when, and by which channel."""

    name = "requests_app.reminders"
    label = "reminders"
    verbose_name = _("Rappels de rendez-vous")

    def ready(self) -> None:
        from requests_app.appointments.changes import subscribe
        from requests_app.lib import short_texts
        from requests_app.outbox import preflight
        from requests_app.outbox.models import Outgoing
        from requests_app.reminders import answers, texts
        from requests_app.reminders.services import is_still_valid, on_appointment_changed
        from requests_app.reminders.services.replies import handle_message
        from requests_app.reminders.services.saying import PURPOSE_OF_LINK, linked_appointments
        from requests_app.tickets.services import follow_up, listening

        subscribe(on_appointment_changed)
        listening.register(handle_message)
        follow_up.SUBJECTS.register(PURPOSE_OF_LINK, linked_appointments)
        preflight.register(Outgoing.Kind.REMINDER, is_still_valid)
        preflight.register(Outgoing.Kind.APPOINTMENT, is_still_valid)
        answers.register()
        short_texts.register("appointment", texts.samples)
