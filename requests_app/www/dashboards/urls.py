"""The manager's page."""

from django.urls import path

from requests_app.www.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("tableau-de-bord/", views.board, name="board"),
    path("tableau-de-bord/export/<slug:form>/", views.export, name="export"),
]
