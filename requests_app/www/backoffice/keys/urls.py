"""The pages of the keys of other software."""

from django.urls import path

from requests_app.www.backoffice.keys import key_views

urlpatterns = [
    path("", key_views.keys, name="keys"),
    path("nouvelle/", key_views.key_new, name="key_new"),
    path("<int:pk>/", key_views.key, name="key"),
    path("<int:pk>/renouveler/", key_views.key_rotate, name="key_rotate"),
    path("<int:pk>/revoquer/", key_views.key_revoke, name="key_revoke"),
]
