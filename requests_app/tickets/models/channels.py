from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel:
    """The channels by which messages come in and go out."""

    class Kind(models.TextChoices):
        MAIL = "mail", _("E-mail")
        SMS = "sms", _("SMS")
        PORTAL = "portal", _("Formulaire")
        FRONTDESK = "frontdesk", _("Visite")
        PHONE = "phone", _("Téléphone")
        LETTER = "letter", _("Courrier")
        CHAT = "chat", _("Tchat")
        PARTNER = "partner", _("Partenaire")
