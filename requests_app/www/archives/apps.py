from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    """The archivist's pages: the list of a month, its approval, its certificate."""

    name = "requests_app.www.archives"
    label = "archives"
