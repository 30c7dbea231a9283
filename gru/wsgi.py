"""The entry of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.base")

application = get_wsgi_application()

from gru.checks import refuse_half_configured  # noqa: E402 - the checks exist once Django is set up
from requests_app.lib.patience import bound_the_waiting  # noqa: E402

refuse_half_configured()
# A lock held elsewhere must not take all the threads that receive (threats: F11).
bound_the_waiting(statement_ms=30_000, lock_ms=3_000)
