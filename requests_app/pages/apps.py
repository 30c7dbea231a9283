from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages that answered a form, stored a while so that the browser's Back button finds them."""

    name = "requests_app.pages"
    label = "pages"
