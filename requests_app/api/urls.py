"""The addresses of version 1; each ends with a slash."""

from django.urls import path

from requests_app.api import documentation, territory
from requests_app.api.elsewhere import elsewhere
from requests_app.api.tickets import reading

app_name = "api"
urlpatterns = [
    path("schema/", documentation.SchemaView.as_view(), name="schema"),
    path("docs/", documentation.docs, name="docs"),
    path("docs/errors/", documentation.errors, name="errors"),
    path("maisons/", territory.MaisonList.as_view(), name="maisons"),
    path("maisons/<str:code>/", territory.MaisonDetail.as_view(), name="maison"),
    path("topics/", territory.TopicList.as_view(), name="topics"),
    path("topics/<str:code>/", territory.TopicDetail.as_view(), name="topic"),
    path("tickets/", reading.TicketList.as_view(), name="tickets"),
    path("tickets/<str:reference>/", reading.TicketDetail.as_view(), name="ticket"),
    path("<path:path>", elsewhere, name="elsewhere"),
]
