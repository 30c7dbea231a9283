"""The page of an appointment, opened by the link of a message."""

from django.urls import path

from channels_app.portal.views import appointments, booking, waiting

app_name = "appointment"
urlpatterns = [
    path("", appointments.appointments, name="home"),
    path("<secret:secret>/", appointments.appointment, name="page"),
    path("<secret:secret>/fichier/", appointments.appointment_file, name="file"),
    path("<secret:secret>/autre-date/", appointments.other_date, name="other_date"),
    path("<secret:secret>/choisir/", booking.choose, name="choose"),
    path("<secret:secret>/choisir/confirmer/", booking.book, name="book"),
    path("<secret:secret>/choisir/rien/", booking.find_nothing, name="find_nothing"),
    path("<secret:secret>/besoins/", booking.needs, name="needs"),
    path("<secret:secret>/attente/", waiting.wait, name="wait"),
    path("<secret:secret>/<slug:name>/", appointments.step, name="step"),
]
