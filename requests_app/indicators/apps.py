from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Figures without pages: daily rollups, and what they say of a place over a period."""

    name = "requests_app.indicators"
    label = "indicators"
