"""The addresses of version 1; each ends with a slash."""

from django.urls import path, re_path

from requests_app.api import documentation, events, indicators, slots, territory
from requests_app.api.appointments import reading as dates
from requests_app.api.appointments import writing as appointments
from requests_app.api.elsewhere import elsewhere
from requests_app.api.persons import reading as persons
from requests_app.api.persons import writing as contacts
from requests_app.api.subscriptions import steering, subscribing
from requests_app.api.tickets import acting, creating, reading, words

app_name = "api"
urlpatterns = [
    path("", elsewhere, {"path": ""}, name="root"),
    path("schema/", documentation.SchemaView.as_view(), name="schema"),
    path("docs/", documentation.docs, name="docs"),
    path("docs/errors/", documentation.errors, name="errors"),
    path("maisons/", territory.MaisonList.as_view(), name="maisons"),
    path("maisons/<str:code>/", territory.MaisonDetail.as_view(), name="maison"),
    path("topics/", territory.TopicList.as_view(), name="topics"),
    path("topics/<str:code>/", territory.TopicDetail.as_view(), name="topic"),
    path("arrivals/<int:pk>/", creating.ArrivalDetail.as_view(), name="arrival"),
    path("tickets/", creating.Tickets.as_view(), name="tickets"),
    path("tickets/<str:reference>/", reading.TicketDetail.as_view(), name="ticket"),
    path("tickets/<str:reference>/messages/", words.Messages.as_view(), name="messages"),
    path("tickets/<str:reference>/notes/", words.Notes.as_view(), name="notes"),
    path("tickets/<str:reference>/assign/", acting.Assign.as_view(), name="assign"),
    path("tickets/<str:reference>/route/", acting.Route.as_view(), name="route"),
    path("tickets/<str:reference>/close/", acting.Close.as_view(), name="close"),
    path("tickets/<str:reference>/reopen/", acting.Reopen.as_view(), name="reopen"),
    path("persons/", persons.PersonList.as_view(), name="persons"),
    path("persons/<int:person>/", persons.PersonDetail.as_view(), name="person"),
    path("persons/<int:person>/contacts/", contacts.ContactList.as_view(), name="person_contacts"),
    path("appointments/", appointments.AppointmentsView.as_view(), name="appointments"),
    path("appointments/<int:appointment>/", dates.AppointmentDetail.as_view(), name="appointment"),
    path("appointments/<int:appointment>/move/", appointments.MoveView.as_view(), name="appointment_move"),
    path(
        "appointments/<int:appointment>/cancel/", appointments.CancelView.as_view(), name="appointment_cancel"
    ),
    path("slots/", slots.SlotList.as_view(), name="slots"),
    path("indicators/", indicators.IndicatorsView.as_view(), name="indicators"),
    path("events/", events.EventList.as_view(), name="events"),
    path("subscriptions/", subscribing.SubscriptionList.as_view(), name="subscriptions"),
    path("subscriptions/<int:pk>/", subscribing.SubscriptionDetail.as_view(), name="subscription"),
    path("subscriptions/<int:pk>/test/", steering.TestView.as_view(), name="subscription_test"),
    path("subscriptions/<int:pk>/rotate/", steering.RotateView.as_view(), name="subscription_rotate"),
    path("subscriptions/<int:pk>/resume/", steering.ResumeView.as_view(), name="subscription_resume"),
    path("subscriptions/<int:pk>/replay/", steering.ReplayView.as_view(), name="subscription_replay"),
    path("subscriptions/<int:pk>/deliveries/", steering.DeliveryList.as_view(), name="deliveries"),
    re_path(r"^(?P<path>[\s\S]*)\Z", elsewhere, name="elsewhere"),  # the root too, and a line break
]
