"""The pages of persons; a number in an address names nobody."""

from django.urls import path

from requests_app.www.backoffice.people import (
    mandates,
    merge_search,
    person_changes,
    person_list,
    person_merge,
    person_page,
    person_proposals,
)

urlpatterns = [
    path("", person_list.persons, name="persons"),
    path("<int:pk>/", person_page.person_page, name="person_page"),
    path("<int:pk>/identite/", person_changes.identity, name="person_identity"),
    path("<int:pk>/besoins/", person_changes.needs, name="person_needs"),
    path("<int:pk>/contacts/", person_changes.point_new, name="point_new"),
    path("<int:pk>/contacts/<int:point>/", person_changes.point, name="point"),
    path("<int:pk>/contacts/<int:point>/retirer/", person_changes.point_remove, name="point_remove"),
    path("<int:pk>/remettre/<int:change>/", person_changes.point_restore, name="point_restore"),
    path("<int:pk>/dit/<int:proposal>/<slug:verb>/", person_proposals.person_said, name="person_said"),
    path("<int:pk>/mandats/", mandates.mandate_new, name="mandate_new"),
    path("<int:pk>/mandats/<int:mandate>/fin/", mandates.mandate_end, name="mandate_end"),
    path("<int:pk>/mandats/<int:mandate>/retirer/", mandates.mandate_remove, name="mandate_remove"),
    path("<int:pk>/mandats/<int:mandate>/remettre/", mandates.mandate_restore, name="mandate_restore"),
    path("<int:pk>/reunir/", merge_search.merge_search, name="merge_search"),
    path("<int:pk>/reunir/<int:other>/", person_merge.merge, name="merge"),
    path("<int:pk>/separer/<int:log>/", person_merge.unmerge, name="unmerge"),
    path("<int:pk>/autre-que/<int:other>/", person_merge.different, name="different"),
    path("<int:pk>/peut-etre/<int:other>/", person_merge.not_different, name="not_different"),
]
