"""The territory shipped with the product, imported once for the room's tests."""

from datetime import date
from pathlib import Path

import pytest

from requests_app import maisons
from requests_app.routing.importing.services import import_territory

LYON = Path(maisons.__file__).parent / "data" / "lyon"


@pytest.fixture
def lyon(db):
    return import_territory(folder=LYON, on=date(2026, 11, 23))
