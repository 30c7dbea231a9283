from django.apps import AppConfig
from django.urls import register_converter


class PortalConfig(AppConfig):
    """The citizens' web pages: send a request, get its number, follow it."""

    name = "channels_app.portal"
    label = "portal"

    def ready(self) -> None:
        from channels_app.portal.channel import CHANNEL
        from channels_app.portal.codes import KIND, SURE, SURE_APPOINTMENT, end_codes, is_still_valid
        from channels_app.portal.secrets import SecretConverter
        from requests_app.channels import registry
        from requests_app.outbox import links, preflight
        from requests_app.reminders.services.saying import PURPOSE_OF_LINK, linked_appointments
        from requests_app.tickets.messages.acknowledgment import FOLLOW
        from requests_app.tickets.services import follow_up

        registry.register(CHANNEL)
        register_converter(SecretConverter, "secret")
        links.BY_NUMBER[:] = ["portal:follow"]
        links.PAGES.update({FOLLOW: "portal:track", SURE: "portal:track"})
        links.PAGES.update({PURPOSE_OF_LINK: "appointment:page", SURE_APPOINTMENT: "appointment:page"})
        links.PROVEN.update({SURE, SURE_APPOINTMENT})
        preflight.register(KIND, is_still_valid)
        follow_up.SUBJECTS[SURE] = lambda ticket_ids: ticket_ids
        follow_up.SUBJECTS[SURE_APPOINTMENT] = linked_appointments
        follow_up.ON_CLOSED.append(end_codes)
