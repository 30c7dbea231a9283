"""The pages of persons; a number in an address names nobody."""

from django.urls import path

from requests_app.www.backoffice import merging, person, persons

urlpatterns = [
    path("", persons.persons, name="persons"),
    path("<int:pk>/", person.person_page, name="person_page"),
    path("<int:pk>/reunir/<int:other>/", merging.merge, name="merge"),
    path("<int:pk>/separer/<int:log>/", merging.unmerge, name="unmerge"),
    path("<int:pk>/autre-que/<int:other>/", merging.different, name="different"),
    path("<int:pk>/peut-etre/<int:other>/", merging.not_different, name="not_different"),
]
