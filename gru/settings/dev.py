"""A laptop, the tests and a demonstration: what production has, and the demo that it has not.

The launcher starts every process with these; an image, and a site in production, load `base` alone.
"""

from gru.settings.base import *  # noqa: F403
from gru.settings.base import INSTALLED_APPS as _PRODUCTION

INSTALLED_APPS = [*_PRODUCTION, "gru.demo"]
