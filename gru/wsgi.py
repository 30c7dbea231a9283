"""The entry of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.base")

application = get_wsgi_application()

from gru.checks import refuse_half_configured  # noqa: E402 - the checks exist once Django is set up

refuse_half_configured()
