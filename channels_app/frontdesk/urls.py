"""The counter's pages."""

from django.urls import path

from channels_app.frontdesk import views

app_name = "frontdesk"
urlpatterns = [
    path("", views.visit, name="visit"),
    path("garder/", views.keep, name="keep"),
    path("effacer/", views.erase, name="erase"),
    path("changer/", views.switch, name="switch"),
    path("annuler/", views.undo, name="undo"),
    path("accuse/", views.receipt, name="receipt"),
    path("personnes/", views.persons, name="persons"),
    path("personne/", views.person, name="person"),
    path("sujets/", views.topics, name="topics"),
    path("sujet/", views.show_topic, name="about"),
    path("rendez-vous/<int:pk>/<slug:name>/", views.appointment, name="appointment"),
    path("bureau/", views.say_desk, name="say_desk"),
    path("attendus/<int:pk>/<slug:name>/", views.record_arrival, name="expected"),
    path("file/", views.queue, name="queue"),
    path("file/suivant/", views.call_next, name="call_next"),
    path("file/<int:pk>/<slug:name>/", views.step, name="step"),
]
