"""The manager's page."""

from django.urls import path

from requests_app.www.dashboards import attendance, exceptions, first_delays, lived_experience, rights, views

app_name = "dashboards"
urlpatterns = [
    path("tableau-de-bord/", views.board, name="board"),
    path("tableau-de-bord/exceptions/", exceptions.exceptions, name="exceptions"),
    path("tableau-de-bord/exceptions/csv/", exceptions.exceptions_csv, name="exceptions_csv"),
    path("tableau-de-bord/exceptions/vues/", exceptions.exceptions_seen, name="exceptions_seen"),
    path("tableau-de-bord/premier-rendez-vous/", first_delays.first_delays, name="first_delays"),
    path("tableau-de-bord/premier-rendez-vous/csv/", first_delays.first_delays_csv, name="first_delays_csv"),
    path("tableau-de-bord/venir-au-rendez-vous/", attendance.attendance, name="attendance"),
    path("tableau-de-bord/vecu/", lived_experience.lived_experience, name="lived_experience"),
    path("tableau-de-bord/droits/", rights.rights, name="rights"),
    path("tableau-de-bord/export/<slug:form>/", views.export, name="export"),
]
