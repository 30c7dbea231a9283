from django.urls import path

from requests_app.www.public import law, places

app_name = "public"
urlpatterns = [
    path("lieux/", places.places, name="places"),
    path("lieux/<str:code>/", places.place, name="place"),
    path("accessibilite/", law.accessibility, name="accessibility"),
    path("donnees-personnelles/", law.personal_data, name="personal_data"),
]
