from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    """Who comes to their appointment: their arrival, and the help that lets more of them come."""

    name = "requests_app.attendance"
    label = "attendance"

    def ready(self) -> None:
        from requests_app.appointments.changes import subscribe
        from requests_app.attendance import arrival_texts, arrivals
        from requests_app.attendance.services import helping, numbers
        from requests_app.lib import short_texts

        arrivals.register()
        short_texts.register("arrival", arrival_texts.samples)
        subscribe(numbers.on_appointment_changed)
        subscribe(helping.on_appointment_changed)
