from django.apps import AppConfig
from django.urls import register_converter


class PortalConfig(AppConfig):
    """The citizen's web: ask for something, keep a number, see where it stands."""

    name = "channels_app.portal"
    label = "portal"

    def ready(self) -> None:
        from channels_app.portal.secrets import SecretConverter
        from requests_app.outbox import links

        links.PAGES["appointment"] = "appointment:page"
        register_converter(SecretConverter, "secret")
