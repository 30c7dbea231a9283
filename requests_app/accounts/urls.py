"""Sign-in, lock, switch."""

from django.urls import path

from requests_app.accounts import views

app_name = "accounts"
urlpatterns = [
    path("connexion/", views.sign_in, name="sign_in"),
    path("connexion/code/", views.code, name="code"),
    path("deconnexion/", views.sign_out, name="sign_out"),
    path("verrouiller/", views.lock, name="lock"),
    path("deverrouiller/", views.unlock, name="unlock"),
    path("rester/", views.stay, name="stay"),
    path("reprendre/", views.resume, name="resume"),
    path("reprendre/abandonner/", views.discard_form, name="discard_form"),
    path("mot-de-passe/", views.password, name="password"),
    path("code-de-connexion/", views.second_factor, name="second_factor"),
    path("lieu-de-travail/", views.switch_place, name="switch_place"),
]
