"""The quarantine's pages."""

from django.urls import path

from channels_app.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.quarantine, name="quarantine"),
    path("chercher/", views.search, name="search"),
    path("<int:pk>/", views.arrival, name="arrival"),
    path("<int:pk>/brut/", views.arrival_raw, name="arrival_raw"),
    path("<int:pk>/demande/", views.make_ticket, name="make_ticket"),
    path("<int:pk>/annuler/", views.unmake_ticket, name="unmake_ticket"),
    path("reessayer/", views.retry, name="retry"),
    path("ecarter/", views.discard, name="discard"),
    path("reprendre/", views.undo, name="undo"),
]
