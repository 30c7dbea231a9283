"""Calls promised to persons."""

from django.urls import path

from channels_app.phone import views

app_name = "phone"
urlpatterns = [
    path("", views.promises, name="promises"),
    path("<int:pk>/appele/", views.note_call, name="called"),
    path("<int:pk>/pas-joint/", views.not_reached, name="not_reached"),
    path("<int:pk>/annuler/", views.undo, name="undo"),
]
