"""The agenda, and the appointments of a ticket."""

from django.urls import path

from requests_app.www.agenda import exports, giving, offers, pages, steps
from requests_app.www.agenda.hours import copying, openings, week

app_name = "agenda"
urlpatterns = [
    path("agenda/", pages.agenda, name="agenda"),
    path("agenda/horaires/", week.hours, name="hours"),
    path("agenda/horaires/copie/", copying.copy, name="week_copy"),
    path("agenda/horaires/plage/", openings.add, name="opening_add"),
    path("agenda/horaires/plage/<int:pk>/", openings.change, name="opening"),
    path("agenda/horaires/plage/<int:pk>/fin/", openings.end, name="opening_end"),
    path("agenda/export/<slug:form>/", exports.export, name="export"),
    path("agenda/jour/<int:pk>/", giving.show_taken, name="taken"),
    path("demandes/<slug:reference>/rendez-vous/", giving.give, name="give"),
    path("demandes/<slug:reference>/rendez-vous/creneau/<slug:name>/", offers.choose, name="choose"),
    path("demandes/<slug:reference>/rendez-vous/<int:pk>/", giving.give, name="change"),
    path("demandes/<slug:reference>/rendez-vous/<int:pk>/fichier/", steps.ics, name="ics"),
    path("demandes/<slug:reference>/rendez-vous/<int:pk>/<slug:name>/", steps.step, name="step"),
]
