"""The archivist's pages."""

from django.urls import path

from requests_app.www.archives import deciding, files, views

app_name = "archives"
urlpatterns = [
    path("archives/", views.schedules, name="schedules"),
    path("archives/<int:year>-<int:month>/", views.schedule, name="schedule"),
    path("archives/<int:year>-<int:month>/visa/", deciding.visa, name="visa"),
    path("archives/<int:year>-<int:month>/csv/", files.csv, name="csv"),
    path("archives/<int:year>-<int:month>/pdf/", files.pdf, name="pdf"),
    path("archives/ligne/<int:pk>/", deciding.keep, name="keep"),
    path("archives/ligne/<int:pk>/remettre/", deciding.undo, name="undo"),
]
