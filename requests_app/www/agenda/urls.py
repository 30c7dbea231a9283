"""The agenda, and the appointments of a ticket."""

from django.urls import path

from requests_app.www.agenda import giving, pages, steps

app_name = "agenda"
urlpatterns = [
    path("agenda/", pages.agenda, name="agenda"),
    path("agenda/jour/<int:pk>/", giving.show_taken, name="taken"),
    path("demandes/<slug:reference>/rendez-vous/", giving.give, name="give"),
    path("demandes/<slug:reference>/rendez-vous/<int:pk>/", giving.give, name="change"),
    path("demandes/<slug:reference>/rendez-vous/<int:pk>/fichier/", steps.ics, name="ics"),
    path("demandes/<slug:reference>/rendez-vous/<int:pk>/<slug:name>/", steps.step, name="step"),
]
