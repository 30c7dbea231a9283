from django.apps import AppConfig


class FrontdeskConfig(AppConfig):
    name = "channels_app.frontdesk"
    label = "frontdesk"
