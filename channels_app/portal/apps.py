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
        from requests_app.feedback.services.inviting import PURPOSE as SURVEY
        from requests_app.outbox import links, pages, preflight
        from requests_app.reminders.services.saying import PURPOSE_OF_LINK, linked_appointments
        from requests_app.tickets.messages.acknowledgment import FOLLOW
        from requests_app.tickets.services import follow_up

        registry.register(CHANNEL)
        register_converter(SecretConverter, "secret")
        pages.VIEWS.register(pages.BY_NUMBER, "portal:follow")
        pages.VIEWS.register(pages.CARD, "portal:card")
        pages.VIEWS.register(pages.LEFT, "portal:left")
        links.register_page(FOLLOW, "portal:track")
        links.register_page(SURE, "portal:track", is_proven=True)
        links.register_page(SURVEY, "portal:opinion")
        links.register_page(PURPOSE_OF_LINK, "appointment:page")
        links.register_page(SURE_APPOINTMENT, "appointment:page", is_proven=True)
        preflight.register(KIND, is_still_valid)
        follow_up.SUBJECTS.register(SURE, follow_up.same_tickets)
        follow_up.SUBJECTS.register(SURE_APPOINTMENT, linked_appointments)
        follow_up.ON_CLOSED.add(end_codes)
