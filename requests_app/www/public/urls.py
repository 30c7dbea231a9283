from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from requests_app.www.public import arrival, indicators, law, leaving, places, screen

app_name = "public"
urlpatterns = [
    path("lieux/", places.places, name="places"),
    path("lieux/<slug:code>/", places.place, name="place"),
    path("indicateurs/", indicators.indicators, name="indicators"),
    path("indicateurs/indicateurs.csv", indicators.indicators_file, name="indicators_file"),
    path("indicateurs/<slug:code>/", indicators.indicators_of, name="indicators_of"),
    path("ecran/<secret:secret>/", screen.screen, name="screen"),
    path("ecran/<secret:secret>/appels/", screen.board, name="screen_board"),
    path("arrivee/<secret:secret>/", arrival.arrival, name="arrival"),
    path("arrivee/<secret:secret>/rendez-vous/", arrival.say_there, name="arrival_expected"),
    path("arrivee/<secret:secret>/sans-rendez-vous/", arrival.send_to_desk, name="arrival_unexpected"),
    path("arrivee/<secret:secret>/numero/<str:sealed>/", arrival.number, name="arrival_number"),
    path("arrivee/<secret:secret>/reponse/<slug:answer>/", arrival.answer, name="arrival_answer"),
    path("sortie/<secret:secret>/", leaving.ask, name="leaving"),
    path("sortie/<secret:secret>/merci/<str:sealed>/", leaving.thank, name="leaving_thanks"),
    path("langue/", require_POST(set_language), name="language"),
    path("accessibilite/", law.accessibility, name="accessibility"),
    path("accessibilite/grille.csv", law.accessibility_grid, name="accessibility_grid"),
    path("donnees-personnelles/", law.personal_data, name="personal_data"),
    path("mentions-legales/", law.legal_notice, name="legal_notice"),
    path("ecrire-par-internet/", law.electronic_contact, name="electronic_contact"),
]
