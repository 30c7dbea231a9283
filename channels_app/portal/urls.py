"""The citizen's pages."""

from django.urls import path

from channels_app.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("s/<secret:secret>", views.link, name="link"),
    path("demande/", views.question, name="ask"),
    path("demande/verifier/", views.review, name="review"),
    path("demande/enregistree/", views.show_done, name="done"),
    path("demande/plus-tard/", views.later, name="later"),
    path("demande/effacer/", views.erase, name="erase"),
    path("demande/reprendre/<secret:secret>/", views.resume, name="resume"),
    path("demande/photo/<int:pk>/", views.photo, name="photo"),
    path("suivi/", views.follow, name="follow"),
    path("suivi/code/", views.code, name="code"),
    path("suivi/fini/", views.show_left, name="left"),
    path("suivi/<secret:secret>/", views.track, name="track"),
    path("suivi/<secret:secret>/<slug:action>/", views.act, name="act"),
    path("avis/", views.card, name="card"),
    path("avis/<secret:secret>/", views.opinion, name="opinion"),
    path("demande/<slug:step>/", views.question, name="question"),
]
