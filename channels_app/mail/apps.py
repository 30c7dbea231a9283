from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "channels_app.mail"
    label = "mail"
