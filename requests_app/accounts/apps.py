from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Agents, their roles, their memberships, sign-in."""

    name = "requests_app.accounts"
    label = "accounts"
