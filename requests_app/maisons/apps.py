from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MaisonsConfig(AppConfig):
    name = "requests_app.maisons"
    label = "maisons"
    verbose_name = _("Maisons et communes")
