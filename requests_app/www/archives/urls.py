"""The archivist's pages, and those of the rights of persons on their data."""

from django.urls import path

from requests_app.www.archives import deciding, files, handing_over, person_data, refusing, views

app_name = "archives"
urlpatterns = [
    path("archives/", views.schedules, name="schedules"),
    path("archives/<int:year>-<int:month>/", views.schedule, name="schedule"),
    path("archives/<int:year>-<int:month>/visa/", deciding.visa, name="visa"),
    path("archives/<int:year>-<int:month>/csv/", files.csv, name="csv"),
    path("archives/<int:year>-<int:month>/pdf/", files.pdf, name="pdf"),
    path("archives/droits/", person_data.requests, name="data_requests"),
    path("archives/personne/<int:pk>/", person_data.page, name="person_data"),
    path("archives/personne/<int:pk>/relire/", handing_over.review, name="person_review"),
    path("archives/personne/<int:pk>/json/", handing_over.as_json, name="person_json"),
    path("archives/personne/<int:pk>/pdf/", handing_over.as_pdf, name="person_pdf"),
    path("archives/personne/<int:pk>/effacer/", person_data.erase, name="person_erase"),
    path("archives/personne/<int:pk>/garder/", person_data.withdraw, name="person_withdraw"),
    path("archives/personne/<int:pk>/refuser/", refusing.refuse, name="person_refuse"),
    path("archives/ligne/<int:pk>/", deciding.keep, name="keep"),
    path("archives/ligne/<int:pk>/remettre/", deciding.undo, name="undo"),
]
