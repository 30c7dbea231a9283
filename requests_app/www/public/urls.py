from django.urls import path

from requests_app.www.public import places

app_name = "public"
urlpatterns = [
    path("lieux/", places.places, name="places"),
    path("lieux/<str:code>/", places.place, name="place"),
]
