from django.apps import AppConfig


class PublicConfig(AppConfig):
    """What anybody may read without asking for anything: the places, and the legal pages."""

    name = "requests_app.www.public"
    label = "public"

    def ready(self) -> None:
        """Say where the addresses of a Maison lead, the short form too."""
        from requests_app.outbox.links import register_page
        from requests_app.visits.place_links import ARRIVAL, EXIT, SCREEN

        register_page(SCREEN, "public:screen")
        register_page(ARRIVAL, "public:arrival")
        register_page(EXIT, "public:leaving")
