from django.apps import AppConfig


class ApiKeysConfig(AppConfig):
    """Keys of other software: what each may do, where, and what it was refused."""

    name = "requests_app.api_keys"
    label = "api_keys"
