"""The pages of persons; a number in an address names nobody."""

from django.urls import path

from requests_app.www.backoffice import person, persons

urlpatterns = [
    path("", persons.persons, name="persons"),
    path("<int:pk>/", person.person_page, name="person_page"),
]
