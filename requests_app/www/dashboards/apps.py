from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """The manager's page: five numbers, their plots and tables, exports."""

    name = "requests_app.www.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        from requests_app.outbox import pages

        pages.VIEWS.register(pages.RIGHTS, "dashboards:rights")
