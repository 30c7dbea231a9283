"""What Maisons try, and what may be believed of it."""

from django.urls import path

from requests_app.www.trials import notes, planning, views

app_name = "trials"
urlpatterns = [
    path("pistes/", views.list_trials, name="list"),
    path("pistes/nouvelle/", planning.plan_new, name="new"),
    path("pistes/<int:pk>/", views.show, name="one"),
    path("pistes/<int:pk>/csv/", views.export, name="csv"),
    path("pistes/<int:pk>/changer/", planning.change, name="change"),
    path("pistes/<int:pk>/journal/", notes.write, name="write"),
    path("pistes/<int:pk>/journal/<int:note_pk>/<slug:step>/", notes.step, name="note"),
    path("pistes/<int:pk>/<slug:step>/", planning.step, name="step"),
]
