"""The addresses that the shell names, for pages that stand alone in a browser test."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


accounts = [
    path("verrouiller/", nothing, name="lock"),
    path("code/", nothing, name="second_factor"),
    path("sortir/", nothing, name="sign_out"),
    path("lieu/", nothing, name="switch_place"),
    path("rester/", nothing, name="stay"),
]
backoffice = [
    path("preferences/", nothing, name="preferences"),
    path("chercher/", nothing, name="search"),
]
field = [
    path("retours/", nothing, name="board"),
    path("retours/noter/", nothing, name="tell"),
    path("retours/les-miens/", nothing, name="mine"),
]
public = [
    path("accessibilite/", nothing, name="accessibility"),
    path("donnees-personnelles/", nothing, name="personal_data"),
    path("mentions-legales/", nothing, name="legal_notice"),
    path("ecrire-par-internet/", nothing, name="electronic_contact"),
]
urlpatterns = [
    path("", nothing, name="home"),
    path("", include((accounts, "accounts"))),
    path("", include((backoffice, "backoffice"))),
    path("", include((field, "field"))),
    path("", include((public, "public"))),
]
