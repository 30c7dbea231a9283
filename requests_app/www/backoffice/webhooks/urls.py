from django.urls import path

from requests_app.www.backoffice.webhooks import webhook_views

urlpatterns = [
    path("", webhook_views.webhooks, name="webhooks"),
    path("<int:pk>/", webhook_views.webhook, name="webhook"),
    path("<int:pk>/faire/", webhook_views.act, name="webhook_act"),
]
