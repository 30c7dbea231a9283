from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WaitingListConfig(AppConfig):
    """Who waits for an earlier date, and what a freed one became."""

    name = "requests_app.waiting_list"
    label = "waiting_list"
    verbose_name = _("Liste d’attente")

    def ready(self) -> None:
        from requests_app.appointments.changes import subscribe
        from requests_app.first_delay.selectors.sources import WAITING_LISTS
        from requests_app.lib import short_texts
        from requests_app.outbox import preflight
        from requests_app.outbox.models import Outgoing
        from requests_app.waiting_list import answers, doubt_texts, doubts, texts
        from requests_app.waiting_list.selectors import listed_since
        from requests_app.waiting_list.services.freeing import on_appointment_changed
        from requests_app.waiting_list.services.preflight import is_still_valid

        subscribe(on_appointment_changed)
        preflight.register(Outgoing.Kind.OFFER, is_still_valid)
        answers.register()
        doubts.register()
        WAITING_LISTS.add(listed_since)
        short_texts.register("waiting_offer", texts.samples)
        short_texts.register("waiting_doubt", doubt_texts.samples)
