"""The legal regime of topics: what silence means, how a refusal is contested."""

from django.urls import path

from requests_app.www.regimes import views

app_name = "regimes"
urlpatterns = [
    path("regimes/", views.regimes, name="regimes"),
    path("regimes/<slug:code>/", views.regime, name="regime"),
    path("regimes/<slug:code>/ne-plus-valider/", views.withdraw, name="withdraw"),
]
