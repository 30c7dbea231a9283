from django.utils.translation import gettext_lazy as _

from requests_app.tickets.errors import Refused


class NotTheirTrial(Refused):
    message = _("Une piste se mène dans des lieux dont vous êtes responsable.")


class HasBegun(Refused):
    """What was chosen beforehand stays, or its result would be worth nothing."""

    message = _("La piste a commencé : ce qui a été choisi ne change plus. Arrêtez-la, ou annotez-la.")


class NotRunning(Refused):
    message = _("Seule une piste en cours s’arrête, ou reprend.")
