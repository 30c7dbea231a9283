from django.utils.translation import gettext_lazy as _

from requests_app.tickets.errors import Refused


class NotTheirAgenda(Refused):
    message = _("Cet agenda n’est pas le vôtre. Demandez à un responsable du lieu.")
