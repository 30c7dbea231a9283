"""Named refusals; their text is shown to the agent as it is."""

from django.utils.translation import gettext_lazy as _

from requests_app.lib import refusals


class Refused(refusals.Refused):
    """Something that the ticket's state does not allow."""


class ChangedMeanwhile(Refused):
    message = _(
        "Un collègue a changé cette demande depuis que vous l’avez ouverte. Relisez-la, puis recommencez."
    )


class AlreadyClosed(Refused):
    message = _("Cette demande est déjà terminée.")


class NotClosed(Refused):
    message = _("Cette demande n’est pas terminée.")


class ReasonMissing(Refused):
    message = _("Écrivez pourquoi, en quelques mots.")


class NotAllowed(Refused):
    message = _("Vous n’avez pas le droit de faire cela sur cette demande.")


class NotAllYours(NotAllowed):
    message = _(
        "Vous ne suivez pas toutes les demandes de ces deux fiches. L’équipe centrale peut les réunir."
    )


class AlreadyMerged(Refused):
    message = _("Un collègue vient de réunir une de ces fiches avec une autre. Relisez-les.")


class AlreadyJoined(Refused):
    message = _("Ces deux demandes sont déjà réunies.")


class GoesOnElsewhere(Refused):
    message = _("Cette demande continue dans une autre : séparez-les d’abord.")


class TwoPersons(Refused):
    """The two tickets belong to different persons: the agent must confirm that it is intended."""
