"""The agenda, and the appointments of a ticket."""

from django.urls import path

from requests_app.www.agenda import exports, giving, offers, pages, steps, waiting
from requests_app.www.agenda.hours import away, copying, feed, openings, week

app_name = "agenda"
urlpatterns = [
    path("agenda/", pages.agenda, name="agenda"),
    path("agenda/horaires/", week.hours, name="hours"),
    path("agenda/horaires/copie/", copying.copy, name="week_copy"),
    path("agenda/horaires/plage/", openings.add, name="opening_add"),
    path("agenda/horaires/plage/<int:pk>/", openings.change, name="opening"),
    path("agenda/horaires/plage/<int:pk>/fin/", openings.end, name="opening_end"),
    path("agenda/horaires/plage/<int:pk>/reprendre/", openings.resume, name="opening_resume"),
    path("agenda/export/<slug:form>/", exports.export, name="export"),
    path("agenda/horaires/plage/<int:pk>/sauf/", away.skip, name="opening_skip"),
    path("agenda/absences/", away.absences, name="absences"),
    path("agenda/absences/<int:pk>/", away.absence, name="absence"),
    path("agenda/absences/<int:pk>/<slug:name>/", away.change_absence, name="absence_change"),
    path("agenda/fermetures/", away.closures, name="closures"),
    path("agenda/fermetures/<int:pk>/", away.closure, name="closure"),
    path("agenda/fermetures/<int:pk>/<slug:name>/", away.change_closure, name="closure_change"),
    path("agenda/abonnement/", feed.subscription, name="subscription"),
    path("agenda/abonnement/fin/", feed.revoke, name="subscription_revoke"),
    path("agenda/flux/<secret:secret>.ics", feed.feed, name="feed"),
    path("agenda/jour/<int:pk>/", giving.show_taken, name="taken"),
    path("demandes/<slug:reference>/rendez-vous/", giving.give, name="give"),
    path("demandes/<slug:reference>/rendez-vous/creneau/<slug:name>/", offers.choose, name="choose"),
    path("demandes/<slug:reference>/liste-attente/<slug:name>/", waiting.wait, name="wait"),
    path("demandes/<slug:reference>/rendez-vous/<int:pk>/", giving.give, name="change"),
    path("demandes/<slug:reference>/rendez-vous/<int:pk>/fichier/", steps.ics, name="ics"),
    path("demandes/<slug:reference>/rendez-vous/<int:pk>/<slug:name>/", steps.step, name="step"),
]
