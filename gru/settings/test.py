"""The strict world of the tests: no network, an undefined template variable fails, fast passwords."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("GRU_SECRET_KEY", "for-tests-only-" + "x" * 40)
os.environ.setdefault("GRU_EMBEDDED", "1")

from gru.settings.dev import *  # noqa: F403
from gru.settings.dev import DATABASES, LOGGING, STORAGES, TEMPLATES, env
from tests.undefined import UndefinedVariable

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
FILES_ROOT = Path(tempfile.gettempdir()) / f"gru-test-files-{os.getpid()}"
STORAGES["default"]["OPTIONS"]["location"] = FILES_ROOT  # type: ignore[index]
AXES_ENABLED = False
LOGGING["root"]["level"] = "WARNING"  # type: ignore[index]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable()
DATABASES["default"]["TEST"] = {"NAME": env.text("GRU_TEST_DB", "test_gru")}
